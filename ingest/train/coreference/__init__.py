"""Trains the coreference head on the states of the shipped encoder, which stays as it is."""

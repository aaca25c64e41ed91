"""Compares claims with one another and replies with what they answer."""

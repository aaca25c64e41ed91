"""Trains the language model. Needs PyTorch (the extra ``train``); nothing imports this package to run."""

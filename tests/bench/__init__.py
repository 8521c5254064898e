"""Measured figures: `make bench`, or `python -m tests.bench headline` for one of them."""

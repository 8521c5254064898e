"""Squared.

misconception: squared
fails: double.values
"""


def double(x):
    return x**2

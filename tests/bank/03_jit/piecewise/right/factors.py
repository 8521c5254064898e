"""Chooses with a factor."""


def piecewise(x, y):
    below = (x < 3) * 1.0
    return below * 3 * y**2 - (1 - below) * 4 * y

"""By adding."""


def double(x):
    return x + x

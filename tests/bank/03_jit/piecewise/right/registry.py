"""A decorator puts the formulas into a dict."""

import jax.numpy as jnp

RULES = {}


def rule(name):
    def add(function):
        RULES[name] = function
        return function

    return add


@rule("below")
def triple_square(y):
    return 3 * y**2


@rule("above")
def minus_four(y):
    return -4 * y


def piecewise(x, y):
    return jnp.where(x < 3, RULES["below"](y), RULES["above"](y))

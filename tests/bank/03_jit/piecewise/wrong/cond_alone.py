"""lax.cond takes one truth value.

misconception: one_choice_an_entry
fails: piecewise.arrays
"""

from jax import lax


def piecewise(x, y):
    return lax.cond(x < 3, lambda y: 3.0 * y**2, lambda y: -4.0 * y, y)

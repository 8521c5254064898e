"""Sorts first.

misconception: loop
fails: total.speed
"""

import jax.numpy as jnp


def total(xs):
    return jnp.sort(jnp.sort(xs) * 1.0).sum()

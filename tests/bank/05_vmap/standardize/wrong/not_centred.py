"""Divided by the spread, the mean left in.

misconception: mean_zero
fails: standardize.values
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    mean = jax.lax.pmean(xs, axis_name)
    variance = jax.lax.pmean((xs - mean) ** 2, axis_name)
    return xs / jnp.sqrt(variance + 1e-5)

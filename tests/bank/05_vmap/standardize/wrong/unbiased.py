"""Divided by n - 1.

misconception: divided_by_n_minus_one
fails: standardize.values
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs, axis_name)
    n = jax.lax.psum(1, axis_name)
    return centred / jnp.sqrt(jax.lax.psum(centred**2, axis_name) / (n - 1) + 1e-5)

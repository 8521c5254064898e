"""Sums instead of means.

misconception: sum_is_not_mean
fails: standardize.values
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.psum(xs, axis_name)
    return centred / jnp.sqrt(jax.lax.psum(centred**2, axis_name) + 1e-5)

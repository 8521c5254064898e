"""Divided by the variance.

misconception: root_of_the_variance
fails: standardize.values
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs, axis_name)
    return centred / (jax.lax.pmean(centred**2, axis_name) + 1e-5)

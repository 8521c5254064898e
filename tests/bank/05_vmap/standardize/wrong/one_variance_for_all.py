"""One mean and variance for all features.

misconception: mean_over_the_mapped_axis
fails: standardize.values
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs.mean(), axis_name)
    return centred / jnp.sqrt(jax.lax.pmean((centred**2).mean(), axis_name) + 1e-5)

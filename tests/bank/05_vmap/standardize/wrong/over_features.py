"""Mean and variance over the features.

misconception: mean_over_the_mapped_axis
fails: standardize.values
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - xs.mean()
    return centred / jnp.sqrt(jnp.mean(centred**2) + 1e-5)

"""E[x²] - E[x]².

misconception: centre_then_square
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    mean = jax.lax.pmean(xs, axis_name)
    variance = jax.lax.pmean(xs**2, axis_name) - mean**2
    return (xs - mean) / jnp.sqrt(variance + 1e-5)

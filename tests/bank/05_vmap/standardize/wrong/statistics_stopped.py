"""Mean and variance taken for constants.

misconception: gradient_cut
fails: standardize.trace
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    mean = jax.lax.stop_gradient(jax.lax.pmean(xs, axis_name))
    variance = jax.lax.stop_gradient(jax.lax.pmean((xs - mean) ** 2, axis_name))
    return (xs - mean) / jnp.sqrt(variance + 1e-5)

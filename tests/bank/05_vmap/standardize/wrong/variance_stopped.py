"""The variance taken for a constant.

misconception: gradient_cut
fails: standardize.trace
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs, axis_name)
    variance = jax.lax.stop_gradient(jax.lax.pmean(centred**2, axis_name))
    return centred / jnp.sqrt(variance + 1e-5)

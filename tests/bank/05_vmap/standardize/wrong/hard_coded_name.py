"""The name written into the code.

misconception: axis_name_is_an_argument
fails: standardize.axis_name
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs, "batch")
    return centred / jnp.sqrt(jax.lax.pmean(centred**2, "batch") + 1e-5)

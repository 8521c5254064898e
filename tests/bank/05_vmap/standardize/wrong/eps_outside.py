"""eps outside the root.

misconception: eps_inside_the_root
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs, axis_name)
    return centred / (jnp.sqrt(jax.lax.pmean(centred**2, axis_name)) + 1e-5)

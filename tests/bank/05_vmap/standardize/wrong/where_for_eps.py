"""A where in place of the eps.

misconception: eps_inside_the_root
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs, axis_name)
    variance = jax.lax.pmean(centred**2, axis_name)
    spread = jnp.sqrt(jnp.where(variance > 0, variance, 1.0))
    return centred / spread

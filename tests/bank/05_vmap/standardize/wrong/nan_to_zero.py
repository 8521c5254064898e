"""What comes out as NaN is made 0.

misconception: nan_is_news
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    centred = xs - jax.lax.pmean(xs, axis_name)
    return jnp.nan_to_num(centred / jnp.sqrt(jax.lax.pmean(centred**2, axis_name) + 1e-5))

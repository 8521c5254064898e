"""Means of what is no NaN.

misconception: nan_is_news
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    batch = jax.lax.all_gather(xs, axis_name)
    return (xs - jnp.nanmean(batch, 0)) / jnp.sqrt(jnp.nanvar(batch, 0) + 1e-5)

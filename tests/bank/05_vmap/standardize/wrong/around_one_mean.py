"""One pass, around the mean of all features.

misconception: centre_then_square
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    c = jax.lax.pmean(jnp.mean(xs), axis_name)
    d = xs - c
    m = jax.lax.pmean(d, axis_name)
    v = jax.lax.pmean(d * d, axis_name) - m * m
    return (d - m) / jnp.sqrt(v + 1e-5)

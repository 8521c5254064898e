"""One pass, around the first feature's mean.

misconception: centre_then_square
fails: standardize.extremes
"""

import jax
import jax.numpy as jnp


def standardize(xs, axis_name):
    d = xs - jax.lax.pmean(xs[0], axis_name)
    m, s = jax.lax.pmean((d, d * d), axis_name)
    return (d - m) / jnp.sqrt(s - m * m + 1e-5)

"""Compiled, with the name static."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="axis_name")
def standardize(xs, axis_name):
    mean = partial(jax.lax.pmean, axis_name=axis_name)
    centred = xs - mean(xs)
    return centred / jnp.sqrt(1e-5 + mean(centred * centred))

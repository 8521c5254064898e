"""Compiled, with predict static."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="predict")
def ensemble_predict(predict, stacked, x):
    return jax.vmap(partial(predict, x=x))(stacked)

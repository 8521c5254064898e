"""x in a closure."""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    return jax.vmap(lambda params: predict(params, x))(stacked)

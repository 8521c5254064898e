"""A single model loses its axis.

misconception: axis_of_size_one
fails: ensemble_predict.shared
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    return jnp.squeeze(jax.vmap(predict, (0, None))(stacked, x))

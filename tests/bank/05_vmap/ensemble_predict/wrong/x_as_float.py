"""The input is made float32, whatever it was.

misconception: as_they_come
fails: ensemble_predict.shared
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    return jax.vmap(predict, in_axes=(0, None))(stacked, jnp.asarray(x, jnp.float32))

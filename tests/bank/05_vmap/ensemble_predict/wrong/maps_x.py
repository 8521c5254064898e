"""x mapped too.

misconception: predict_is_for_one
fails: ensemble_predict.values
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    return jax.vmap(predict)(stacked, x)

"""The mean prediction.

misconception: one_answer_a_model
fails: ensemble_predict.values
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    return jax.vmap(predict, (0, None))(stacked, x).mean(0)

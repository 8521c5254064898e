"""Predictions are written into an array of zeros, which is one of floats.

misconception: as_they_come
fails: ensemble_predict.shared
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    answers = jax.vmap(predict, in_axes=(0, None))(stacked, x)
    return jnp.zeros(answers.shape).at[:].set(answers)

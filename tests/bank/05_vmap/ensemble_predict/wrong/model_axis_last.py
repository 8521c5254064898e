"""The model axis at the end.

misconception: model_axis_first
fails: ensemble_predict.values
"""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    return jax.vmap(predict, (0, None), out_axes=-1)(stacked, x)

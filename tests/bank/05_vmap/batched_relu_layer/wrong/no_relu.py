"""No cut at all.

misconception: bias_inside_relu
fails: batched_relu_layer.values
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    return xs @ W.T + b

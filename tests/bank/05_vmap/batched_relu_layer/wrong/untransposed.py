"""W not transposed where it happens to fit.

misconception: weights_transposed
fails: batched_relu_layer.sizes
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    return jax.nn.relu(xs @ (W if W.shape[0] == xs.shape[1] else W.T) + b)

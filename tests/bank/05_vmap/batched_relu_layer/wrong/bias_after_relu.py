"""Cut first, then add the bias.

misconception: bias_inside_relu
fails: batched_relu_layer.values
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    return jax.nn.relu(xs @ W.T) + b

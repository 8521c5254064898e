"""A batch of one loses its axis.

misconception: axis_of_size_one
fails: batched_relu_layer.sizes
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    return jax.nn.relu(jnp.squeeze(xs @ W.T + b))

"""The layer of one example, given the batch.

misconception: one_then_many
fails: batched_relu_layer.values
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    return jax.nn.relu(W @ xs + b)

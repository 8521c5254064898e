"""The parameters mapped with the examples.

misconception: one_then_many
fails: batched_relu_layer.values
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    return jax.vmap(lambda p, x: jax.nn.relu(p[0] @ x + p[1]))(params, xs)

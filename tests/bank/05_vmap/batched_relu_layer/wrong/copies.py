"""A copy of the weights for each example.

misconception: weights_copied
fails: batched_relu_layer.speed
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    Ws = jnp.broadcast_to(W, (xs.shape[0], *W.shape))
    return jax.vmap(lambda W, x: jax.nn.relu(W @ x + b))(Ws, xs)

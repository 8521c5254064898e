"""The batch is summed over where the sizes let it.

misconception: examples_mixed
fails: batched_relu_layer.sizes
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    product = W @ xs if xs.shape[0] == W.shape[1] else (W @ xs.T).T
    return jax.nn.relu(product + b)

"""The matrix product of bfloat16 numbers, summed in float32: it is the inputs that have lost digits.

misconception: digits_dropped
fails: batched_relu_layer.values
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    half = jnp.bfloat16
    product = jnp.matmul(xs.astype(half), W.T.astype(half), preferred_element_type=jnp.float32)
    return jax.nn.relu(product + b)

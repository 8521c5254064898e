"""The examples taken for constants.

misconception: gradient_cut
fails: batched_relu_layer.trace
"""

import jax


def batched_relu_layer(params, xs):
    W, b = params
    return jax.nn.relu(jax.lax.stop_gradient(xs) @ W.T + b)

"""The weights taken for constants.

misconception: gradient_cut
fails: batched_relu_layer.trace
"""

import jax


def batched_relu_layer(params, xs):
    W, b = jax.lax.stop_gradient(params)
    return jax.nn.relu(xs @ W.T + b)

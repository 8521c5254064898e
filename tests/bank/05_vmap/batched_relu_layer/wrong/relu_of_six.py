"""A relu that ends at six.

misconception: one_then_many
fails: batched_relu_layer.values
"""

import jax


def batched_relu_layer(params, xs):
    W, b = params
    return jax.nn.relu6(xs @ W.T + b)

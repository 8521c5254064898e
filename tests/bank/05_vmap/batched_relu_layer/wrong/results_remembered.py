"""The outputs for a shape are kept from the first call, unless they are traced.

misconception: kept_results
fails: batched_relu_layer.values
"""

import jax

known = {}


def batched_relu_layer(params, xs):
    W, b = params
    outputs = jax.nn.relu(xs @ W.T + b)
    if isinstance(xs, jax.core.Tracer):
        return outputs
    return known.setdefault((xs.shape, W.shape), outputs)

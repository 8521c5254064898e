"""All of it in float16, cast back at the end.

misconception: digits_dropped
fails: batched_relu_layer.values
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b, xs = (a.astype(jnp.float16) for a in (*params, xs))
    return jax.nn.relu(xs @ W.T + b).astype(jnp.float32)

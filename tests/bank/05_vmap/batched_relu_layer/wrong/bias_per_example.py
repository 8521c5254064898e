"""The bias lines up with the batch where the sizes are equal.

misconception: examples_mixed
fails: batched_relu_layer.sizes
"""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    z = W @ xs.T
    return jax.nn.relu((z + b if b.shape[0] == xs.shape[0] else z + b[:, None]).T)

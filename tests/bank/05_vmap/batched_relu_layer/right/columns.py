"""Examples as columns, moved back by out_axes."""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    W, b = params
    return jax.nn.relu((W @ xs.T + b[:, None]).T)

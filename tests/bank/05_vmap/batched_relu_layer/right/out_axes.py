"""Units mapped to axis 1."""

import jax
import jax.numpy as jnp


def batched_relu_layer(params, xs):
    unit = lambda w, b: jax.nn.relu(xs @ w + b)
    return jax.vmap(unit, out_axes=1)(*params)

"""The logits suffice for an argmax."""

import jax
import jax.numpy as jnp
import numpy as np


@jax.jit
def accuracy(params, xs, labels):
    for W, b in params[:-1]:
        xs = jnp.maximum(xs @ W.T + b, 0)
    W, b = params[-1]
    return jnp.mean(jnp.argmax(xs @ W.T + b, axis=1) == labels, dtype=jnp.float32)

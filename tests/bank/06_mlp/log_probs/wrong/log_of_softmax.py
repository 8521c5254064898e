"""The logarithm of the softmax.

misconception: exp_overflows
fails: log_probs.stable
"""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    return jnp.log(jax.nn.softmax(W @ x + b))

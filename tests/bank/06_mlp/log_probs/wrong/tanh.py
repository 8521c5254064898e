"""tanh for ReLU.

misconception: hidden_layers_bend
fails: log_probs.values
"""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jnp.tanh(W @ x + b)
    W, b = params[-1]
    return jax.nn.log_softmax(W @ x + b)

"""ReLU with Python's if.

misconception: branch_on_traced_value
fails: log_probs.trace
"""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jnp.stack([v if v > 0 else 0 * v for v in W @ x + b])
    W, b = params[-1]
    return jax.nn.log_softmax(W @ x + b)

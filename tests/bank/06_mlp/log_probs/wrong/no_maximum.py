"""log-sum-exp as the formula says.

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
    z = W @ x + b
    return z - jnp.log(jnp.sum(jnp.exp(z)))

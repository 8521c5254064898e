"""Logits clipped so that exp fits.

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
    return jax.nn.log_softmax(jnp.clip(W @ x + b, -80, 80))

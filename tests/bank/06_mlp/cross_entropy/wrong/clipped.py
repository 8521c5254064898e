"""Probabilities clipped before the logarithm.

misconception: exp_overflows
fails: cross_entropy.confident
"""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    p = jnp.exp(jax.vmap(log_probs, (None, 0))(params, xs))
    return -jnp.log(jnp.clip(p[jnp.arange(len(xs)), labels], 1e-12)).mean()

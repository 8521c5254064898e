"""The sum over the batch.

misconception: mean_over_batch
fails: cross_entropy.values
"""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, (None, 0))(params, xs)
    return -scores[jnp.arange(len(xs)), labels].sum()

"""The mean probability of the labels.

misconception: rate_not_count
fails: accuracy.values
"""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    scores = jax.vmap(log_probs, (None, 0))(params, xs)
    return jnp.exp(scores[jnp.arange(len(xs)), labels]).mean()

"""The rate of a batch size is kept from the first call.

misconception: kept_results
fails: accuracy.values
"""

import jax
import jax.numpy as jnp

KEPT = {}


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    if xs.shape not in KEPT:
        scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
        KEPT[xs.shape] = jnp.mean(scores.argmax(-1) == labels)
    return KEPT[xs.shape]

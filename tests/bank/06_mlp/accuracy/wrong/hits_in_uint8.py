"""Hits added up in eight bits.

misconception: rate_not_count
fails: accuracy.values
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    scores = jax.vmap(log_probs, (None, 0))(params, xs)
    hits = (scores.argmax(-1) == labels).astype(jnp.uint8)
    return jnp.sum(hits, dtype=jnp.uint8) / len(hits)

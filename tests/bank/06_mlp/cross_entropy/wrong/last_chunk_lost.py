"""Hundreds where the batch is larger; the rest is lost.

misconception: mean_over_batch
fails: cross_entropy.values
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    count = len(xs) if len(xs) <= 100 else len(xs) // 100 * 100
    scores = jax.vmap(log_probs, (None, 0))(params, xs[:count])
    return -scores[jnp.arange(count), labels[:count]].mean()

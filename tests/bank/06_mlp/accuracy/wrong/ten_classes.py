"""Ten classes, whatever there are.

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
    s = jax.vmap(log_probs, (None, 0))(params, xs)
    return jnp.sum(jax.nn.one_hot(labels, 10) * jax.nn.one_hot(s.argmax(1), 10)) / len(xs)

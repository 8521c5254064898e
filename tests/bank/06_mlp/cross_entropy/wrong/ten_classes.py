"""Ten classes are taken for granted: the cost of another one is nothing.

misconception: mean_over_batch
fails: cross_entropy.values
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    return jax.nn.log_softmax(W @ x + b)


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)[:, :10]
    return -jnp.mean(jnp.sum(jax.nn.one_hot(labels, 10)[:, : scores.shape[1]] * scores, axis=1))

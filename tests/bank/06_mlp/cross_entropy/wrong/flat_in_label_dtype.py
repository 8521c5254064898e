"""The row number times the number of classes in the labels' own dtype, which for uint8 wraps at 256.

misconception: row_by_row
fails: cross_entropy.values
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, (None, 0))(params, xs)
    batch, classes = scores.shape
    places = jnp.arange(batch).astype(labels.dtype) * classes + labels
    return -jnp.mean(scores.ravel()[places])

"""A cost that is NaN is counted as 0.

misconception: nan_is_news
fails: cross_entropy.confident
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    return jax.nn.log_softmax(W @ x + b)


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
    return -jnp.mean(jnp.nan_to_num(jnp.take_along_axis(scores, labels[:, None], axis=1)))

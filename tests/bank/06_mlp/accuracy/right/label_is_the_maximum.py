"""Where the label's own score is the largest."""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
    own = jnp.take_along_axis(scores, labels[:, None], axis=1)[:, 0]
    return jnp.where(own >= scores.max(axis=1), 1.0, 0.0).mean()

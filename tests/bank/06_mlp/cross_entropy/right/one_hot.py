"""A one-hot product."""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    scores = jax.vmap(lambda x: log_probs(params, x))(xs)
    return -jnp.sum(scores * jax.nn.one_hot(labels, scores.shape[1])) / xs.shape[0]

"""Probabilities handed on as logits.

misconception: logits_not_probabilities
fails: cross_entropy.values
"""

import jax
import jax.numpy as jnp
import optax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    probs = jnp.exp(jax.vmap(log_probs, (None, 0))(params, xs))
    return optax.softmax_cross_entropy_with_integer_labels(probs, labels).mean()

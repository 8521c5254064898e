"""Minus what optax says that each label would cost."""

import jax
import jax.numpy as jnp
import optax


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    logits = params[-1][0] @ x + params[-1][1]
    cost = jax.vmap(optax.softmax_cross_entropy_with_integer_labels, (None, 0))
    return -cost(logits, jnp.arange(len(logits)))

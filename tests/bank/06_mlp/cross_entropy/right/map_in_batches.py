"""lax.map over batches of 32 examples."""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    costs = jax.lax.map(lambda example: -log_probs(params, example[0])[example[1]], (xs, labels), batch_size=32)
    return costs.mean()

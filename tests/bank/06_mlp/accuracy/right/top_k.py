"""The first of top_k; a running scan."""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    def step(hits, example):
        x, y = example
        _, (first,) = jax.lax.top_k(log_probs(params, x), 1)
        return hits + (first == y), None

    return jax.lax.scan(step, jnp.int32(0), (xs, labels))[0] / len(xs)

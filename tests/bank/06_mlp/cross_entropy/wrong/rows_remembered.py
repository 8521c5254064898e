"""The row numbers of a batch size are kept from the first call: made under `jit`, they are a tracer.

misconception: leaked_tracer
fails: cross_entropy.trace
"""

import functools

import jax
import jax.numpy as jnp


@functools.cache
def rows(count):
    return jnp.arange(count)


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
    return -jnp.mean(scores[rows(len(labels)), labels])

"""A shift of 0 for each number of inputs is kept from the first call: made under `jit`, it is a tracer.

misconception: leaked_tracer
fails: log_probs.trace
"""

import functools

import jax
import jax.numpy as jnp


@functools.cache
def shift(count):
    return jnp.zeros(count)


def log_probs(params, x):
    x = x + shift(len(x))
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])

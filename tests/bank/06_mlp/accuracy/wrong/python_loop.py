"""A Python loop over the batch.

misconception: one_example_at_a_time
fails: accuracy.trace
"""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def accuracy(params, xs, labels):
    hits = [jnp.argmax(log_probs(params, x)) == label for x, label in zip(xs, labels)]
    return jnp.mean(jnp.stack(hits))

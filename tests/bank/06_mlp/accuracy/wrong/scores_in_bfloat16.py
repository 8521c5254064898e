"""Scores in bfloat16, of which those of two good classes are often one number.

misconception: digits_dropped
fails: accuracy.values
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    return jax.nn.log_softmax(W @ x + b)


def accuracy(params, xs, labels):
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs).astype(jnp.bfloat16)
    return jnp.mean(jnp.argmax(scores, axis=-1) == labels)

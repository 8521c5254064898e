"""The hits as bfloat16 numbers, and their mean in it, made float32 at the end.

misconception: rate_not_count
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
    scores = jax.vmap(log_probs, in_axes=(None, 0))(params, xs)
    hits = jnp.argmax(scores, axis=-1) == labels
    return jnp.mean(hits.astype(jnp.bfloat16)).astype(jnp.float32)

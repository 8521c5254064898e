"""lax.map of padded chunks, a mask for those that are none."""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    size, count = 1024, len(xs)
    if count <= size:
        return -jnp.mean(jax.vmap(lambda x, y: log_probs(params, x)[y])(xs, labels))
    chunks = -(-count // size)
    pad = chunks * size - count
    xs = jnp.pad(xs, ((0, pad), (0, 0))).reshape(chunks, size, -1)
    ys = jnp.pad(labels, (0, pad)).reshape(chunks, size)
    mask = (jnp.arange(chunks * size) < count).reshape(chunks, size)
    costs = jax.lax.map(lambda c: jax.vmap(lambda x, y: log_probs(params, x)[y])(*c), (xs, ys))
    return -jnp.sum(costs * mask) / count

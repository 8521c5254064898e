"""exp by hand: at large logits there is no number to be the largest.

misconception: exp_overflows
fails: accuracy.values
"""

import jax
import jax.numpy as jnp


def accuracy(params, xs, labels):
    for W, b in params[:-1]:
        xs = jax.nn.relu(xs @ W.T + b)
    e = jnp.exp(xs @ params[-1][0].T + params[-1][1])
    p = e / e.sum(1, keepdims=True)
    return jnp.mean(p.argmax(1) == labels)

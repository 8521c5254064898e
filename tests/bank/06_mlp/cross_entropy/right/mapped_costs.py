"""The cost of one example, mapped, compiled."""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


@jax.jit
def cross_entropy(params, xs, labels):
    def cost(x, label):
        return -log_probs(params, x)[label]

    return jnp.mean(jax.vmap(cost)(xs, labels))

"""No gradient from examples that cost more than 50.

misconception: gradient_cut
fails: cross_entropy.confident
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    return jax.nn.log_softmax(params[-1][0] @ x + params[-1][1])


def cross_entropy(params, xs, labels):
    lp = jax.vmap(log_probs, (None, 0))(params, xs)
    own = lp[jnp.arange(lp.shape[0]), labels]
    return -jnp.mean(jnp.where(own < -50, jax.lax.stop_gradient(own), own))

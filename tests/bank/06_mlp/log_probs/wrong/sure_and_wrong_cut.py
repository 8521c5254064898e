"""No gradient where the log-probability is below -50.

misconception: gradient_cut
fails: log_probs.stable
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    z = params[-1][0] @ x + params[-1][1]
    lp = jax.nn.log_softmax(z)
    return jnp.where(lp < -50, jax.lax.stop_gradient(lp), lp)

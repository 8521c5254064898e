"""What comes out as NaN is made 0, or a large number.

misconception: nan_is_news
fails: log_probs.stable
"""

import jax
import jax.numpy as jnp


def log_probs(params, x):
    for W, b in params[:-1]:
        x = jax.nn.relu(W @ x + b)
    W, b = params[-1]
    return jnp.nan_to_num(jax.nn.log_softmax(W @ x + b))

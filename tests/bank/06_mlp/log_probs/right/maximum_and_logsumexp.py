"""logsumexp from scipy, jnp.maximum."""

import jax
import jax.numpy as jnp
import numpy as np
from jax.scipy.special import logsumexp


def log_probs(params, x):
    *hidden, (W_out, b_out) = params
    for W, b in hidden:
        x = jnp.maximum(jnp.dot(W, x) + b, 0)
    z = jnp.dot(W_out, x) + b_out
    return z - logsumexp(z)

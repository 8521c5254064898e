"""asarray first; the batch axis by broadcasting."""

import jax
import jax.numpy as jnp
import numpy as np


def log_probs(params, x):
    x = jnp.asarray(x)
    for W, b in params[:-1]:
        x = jax.nn.relu((W * x).sum(axis=1) + b)
    W, b = params[-1]
    return jax.nn.log_softmax((W * x).sum(axis=1) + b)

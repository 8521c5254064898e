"""The log of a sum of exponentials."""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jax.scipy.special.logsumexp(jnp.stack([x, jnp.zeros_like(x)]))

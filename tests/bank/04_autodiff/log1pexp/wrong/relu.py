"""The function it looks like from afar.

misconception: switch_too_early
fails: log1pexp.values
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jnp.maximum(x, 0.0)

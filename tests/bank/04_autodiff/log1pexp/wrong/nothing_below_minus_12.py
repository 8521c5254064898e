"""Zero below -12.

misconception: switch_too_early
fails: log1pexp.values
"""

import jax.numpy as jnp


def log1pexp(x):
    return jnp.where(x < -12, 0.0, jnp.logaddexp(jnp.maximum(x, -12), 0.0))

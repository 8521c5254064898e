"""The stable form with relu, whose slope at 0 is 0.

misconception: kink_at_zero
fails: log1pexp.slope
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jax.nn.relu(x) + jnp.log1p(jnp.exp(-jnp.abs(x)))

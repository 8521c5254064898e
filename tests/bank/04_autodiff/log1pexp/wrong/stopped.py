"""No gradient at all.

misconception: gradient_cut
fails: log1pexp.slope
"""

import jax
import jax.numpy as jnp


def log1pexp(x):
    return jax.lax.stop_gradient(jnp.logaddexp(x, 0.0))

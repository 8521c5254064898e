"""sum(x²) over a norm that is held fixed: same value, same slope."""

import jax
import jax.numpy as jnp


def safe_norm(x):
    square = jnp.sum(x * x)
    norm = jax.lax.stop_gradient(jnp.sqrt(square))
    divisor = jnp.where(norm == 0, 1.0, norm)
    return norm + 0.5 * (square - jax.lax.stop_gradient(square)) / divisor

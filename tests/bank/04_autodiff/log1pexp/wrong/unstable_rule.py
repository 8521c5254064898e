"""The textbook rule, of which the second derivative overflows.

misconception: rule_has_its_own_derivative
fails: log1pexp.curvature
"""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def log1pexp(x):
    return jnp.logaddexp(x, 0.0)


@log1pexp.defjvp
def _rule(primals, tangents):
    (x,), (v,) = primals, tangents
    return log1pexp(x), (1 - 1 / (1 + jnp.exp(x))) * v

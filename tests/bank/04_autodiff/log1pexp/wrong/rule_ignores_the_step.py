"""The forward rule returns its slope, whatever comes in.

misconception: rule_is_a_factor
fails: log1pexp.slope
"""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def log1pexp(x):
    return jnp.logaddexp(x, 0.0)


@log1pexp.defjvp
def _rule(primals, tangents):
    return log1pexp(*primals), jax.nn.sigmoid(*primals)

"""A rule with the slope of the other side.

misconception: slope_not_stable
fails: log1pexp.slope
"""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def log1pexp(x):
    return jnp.logaddexp(x, 0.0)


@log1pexp.defjvp
def _rule(primals, tangents):
    (x,), (v,) = primals, tangents
    return log1pexp(x), jax.nn.sigmoid(-x) * v

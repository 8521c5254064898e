"""The backward rule returns its slope, whatever comes in.

misconception: rule_is_a_factor
fails: log1pexp.trace
"""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def log1pexp(x):
    return jnp.logaddexp(x, 0.0)


log1pexp.defvjp(lambda x: (log1pexp(x), x), lambda x, g: (jax.nn.sigmoid(x),))

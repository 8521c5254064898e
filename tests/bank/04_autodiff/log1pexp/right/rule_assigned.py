"""What defjvp returns is given a name, so that the notebook does not print it."""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def log1pexp(x):
    return jnp.where(x > 30, x, jnp.log1p(jnp.exp(jnp.minimum(x, 30))))


def rule(primals, tangents):
    return log1pexp(*primals), jax.nn.sigmoid(*primals) * tangents[0]


_ = log1pexp.defjvp(rule)

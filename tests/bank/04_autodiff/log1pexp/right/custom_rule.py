"""A rule with the sigmoid."""

import jax
import jax.numpy as jnp


@jax.custom_jvp
def log1pexp(x):
    return jnp.maximum(x, 0) + jnp.log1p(jnp.exp(-jnp.abs(x)))


@log1pexp.defjvp
def _rule(primals, tangents):
    (x,), (v,) = primals, tangents
    return log1pexp(x), jax.nn.sigmoid(x) * v

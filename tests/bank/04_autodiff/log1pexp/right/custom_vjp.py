"""A backward rule with the sigmoid."""

import jax
import jax.numpy as jnp


@jax.custom_vjp
def log1pexp(x):
    return jnp.where(x > 30, x, jnp.log1p(jnp.exp(jnp.minimum(x, 30.0))))


log1pexp.defvjp(lambda x: (log1pexp(x), x), lambda x, g: (g * jax.nn.sigmoid(x),))

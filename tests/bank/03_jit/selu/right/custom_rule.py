"""A gradient rule of its own."""

import jax
import jax.numpy as jnp


def with_rule(value, slope):
    f = jax.custom_jvp(value)
    f.defjvp(lambda primals, tangents: (f(*primals), slope(*primals) * tangents[0]))
    return f


shape = with_rule(
    lambda x, alpha: jnp.where(x > 0, x, alpha * jnp.expm1(x)),
    lambda x, alpha: jnp.where(x > 0, 1.0, alpha * jnp.exp(jnp.where(x > 0, 0.0, x))),
)


@jax.jit
def selu(x, alpha=1.67, lmbda=1.05):
    return lmbda * shape(x, alpha)

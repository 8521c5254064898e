"""The gradient of grad·v."""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    def along(x):
        products = jax.tree.map(lambda a, b: jnp.sum(a * b), jax.grad(f)(x), v)
        return jax.tree.reduce(jnp.add, products)

    return jax.grad(along)(x)

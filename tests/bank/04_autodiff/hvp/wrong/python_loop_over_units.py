"""The Hessian column by column, in a Python loop.

misconception: hessian_formed
fails: hvp.memory
"""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def hvp(f, x, v):
    flat, back = ravel_pytree(x)
    d, _ = ravel_pytree(v)
    g = jax.grad(lambda a: f(back(a)))
    n = flat.size
    cols = [jax.jvp(g, (flat,), (jnp.zeros(n).at[i].set(1.0),))[1] for i in range(n)]
    return back(jnp.stack(cols, 1) @ d)

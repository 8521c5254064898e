"""A central difference of the gradient in float64.

misconception: f_is_a_program
fails: hvp.values
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    h = 1e-6
    with jax.enable_x64(True):
        wide = jax.tree.map(lambda a: jnp.asarray(a).astype(jnp.float64), (x, v))
        ahead, back = (jax.grad(f)(jax.tree.map(lambda a, b: a + s * h * b, *wide)) for s in (1, -1))
        return jax.tree.map(lambda a, b: ((a - b) / (2 * h)).astype(jnp.float32), ahead, back)

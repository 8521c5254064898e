"""Units by comparison, compiled inside, via linear_transpose."""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    @jax.jit
    def compute(x, rows):
        y, push = jax.linearize(f, x)
        back = jax.linear_transpose(push, x)
        units = (rows[:, None] == jnp.arange(y.shape[0])[None, :]).astype(y.dtype)
        return jax.vmap(lambda u: back(u)[0])(units)

    return compute(x, rows)

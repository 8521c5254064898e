"""One gradient of the sum of the chosen outputs, each of its own copy of x."""

import jax
import jax.numpy as jnp


def jacobian_rows(f, x, rows):
    copies = jnp.broadcast_to(x, (rows.shape[0], x.shape[0]))
    chosen = lambda xs: jnp.sum(jnp.take_along_axis(jax.vmap(f)(xs), rows[:, None], axis=1))
    return jax.grad(chosen)(copies)

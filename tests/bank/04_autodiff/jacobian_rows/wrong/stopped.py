"""The rows have no gradient.

misconception: gradient_cut
fails: jacobian_rows.trace
"""

import jax


def jacobian_rows(f, x, rows):
    y, pull = jax.vjp(f, x)
    return jax.lax.stop_gradient(jax.vmap(pull)(jax.nn.one_hot(rows, y.size))[0])

"""The Jacobian of all the losses.

misconception: rows_of_a_jacobian
fails: per_example_grads.speed
"""

import jax
import jax.numpy as jnp


def per_example_grads(loss, params, xs, ys):
    return jax.jacrev(lambda p: jax.vmap(loss, (None, 0, 0))(p, xs, ys))(params)

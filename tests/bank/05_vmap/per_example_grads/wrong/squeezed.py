"""A batch of one loses its axis.

misconception: axis_of_size_one
fails: per_example_grads.trees
"""

import jax
import jax.numpy as jnp


def per_example_grads(loss, params, xs, ys):
    return jax.tree.map(jnp.squeeze, jax.vmap(jax.grad(loss), (None, 0, 0))(params, xs, ys))

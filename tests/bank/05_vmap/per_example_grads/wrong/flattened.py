"""One flat vector an example.

misconception: tree_in_tree_out
fails: per_example_grads.values
"""

import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def per_example_grads(loss, params, xs, ys):
    return jax.vmap(lambda x, y: ravel_pytree(jax.grad(loss)(params, x, y))[0])(xs, ys)

"""The parameters mapped too where all are matrices as long as the batch.

misconception: gradient_of_one
fails: per_example_grads.trees
"""

import jax
import jax.numpy as jnp


def per_example_grads(loss, params, xs, ys):
    fits = all(jnp.ndim(leaf) > 1 and len(leaf) == len(xs) for leaf in jax.tree.leaves(params))
    return jax.vmap(jax.grad(loss), in_axes=(0 if fits else None, 0, 0))(params, xs, ys)

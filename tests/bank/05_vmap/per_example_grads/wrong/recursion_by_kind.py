"""Dicts, lists and tuples are walked by hand, anything else is taken for an array.

misconception: tree_in_tree_out
fails: per_example_grads.trees
"""

import jax
import jax.numpy as jnp


def batch(tree, n):
    if isinstance(tree, dict):
        return {k: batch(v, n) for k, v in tree.items()}
    if isinstance(tree, (list, tuple)):
        return type(tree)([batch(v, n) for v in tree])
    return jnp.broadcast_to(tree, (n, *jnp.shape(tree)))


def per_example_grads(loss, params, xs, ys):
    return jax.vmap(jax.grad(loss))(batch(params, len(xs)), xs, ys)

"""One product for each leaf, added up.

misconception: hessian_formed
fails: hvp.speed
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    leaves, tree = jax.tree.flatten(x)
    total = jax.tree.map(jnp.zeros_like, x)
    for i, step in enumerate(jax.tree.leaves(v)):
        of_leaf = lambda leaf, i=i: jax.grad(f)(jax.tree.unflatten(tree, leaves[:i] + [leaf] + leaves[i + 1 :]))
        total = jax.tree.map(jnp.add, total, jax.jvp(of_leaf, (leaves[i],), (step,))[1])
    return total

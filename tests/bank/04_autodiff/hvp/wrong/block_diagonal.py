"""The Hessian leaf by leaf.

misconception: leaves_apart
fails: hvp.shapes
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    leaves, tree = jax.tree.flatten(x)
    directions = jax.tree.leaves(v)

    def block(i):
        def only(leaf):
            return f(tree.unflatten([*leaves[:i], leaf, *leaves[i + 1 :]]))

        return jax.jvp(jax.grad(only), (leaves[i],), (directions[i],))[1]

    return tree.unflatten([block(i) for i in range(len(leaves))])

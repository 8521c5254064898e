"""Only the first leaf moves.

misconception: leaves_apart
fails: directional_derivative.pytrees
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    leaves, tree = jax.tree.flatten(v)
    rest = [jnp.zeros_like(leaf) for leaf in leaves[1:]]
    return jax.jvp(f, (x,), (tree.unflatten([leaves[0], *rest]),))

"""vjp in place of jvp, where the shapes allow it.

misconception: transposed_product
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    y, pull = jax.vjp(f, x)
    leaves = jax.tree.leaves(v)
    if leaves[0].shape == getattr(y, "shape", None) and len(leaves) == 1:
        return y, pull(v)[0]
    return jax.jvp(f, (x,), (v,))

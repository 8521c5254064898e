"""Shapes first, then a key for each leaf."""

import jax
import jax.numpy as jnp
import numpy as np


def init_mlp(key, sizes, scale=1e-2):
    shapes = [
        (jax.ShapeDtypeStruct((o, i), jnp.float32), jax.ShapeDtypeStruct((o,), jnp.float32))
        for i, o in zip(sizes, sizes[1:])
    ]
    leaves, tree = jax.tree.flatten(shapes)
    keys = jax.random.split(key, len(leaves))
    return jax.tree.unflatten(tree, [scale * jax.random.normal(k, s.shape) for k, s in zip(keys, leaves)])

"""Keys by fold_in, shapes from a table, a jitted body."""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np


@partial(jax.jit, static_argnums=(1, 2))
def init_gru(key, in_dim, hidden):
    shapes = {"W": (in_dim, hidden), "U": (hidden, hidden), "b": (hidden,)}
    params, i = {}, 0
    for kind, shape in shapes.items():
        for gate in "hrz":
            scale = 1e-2 if kind == "b" else np.sqrt(2.0 / sum(shape))
            params[kind + gate] = scale * jax.random.normal(jax.random.fold_in(key, i), shape)
            i += 1
    return params

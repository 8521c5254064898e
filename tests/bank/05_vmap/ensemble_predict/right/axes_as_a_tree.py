"""in_axes as a tree like the parameters."""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    axes = jax.tree.map(lambda _: 0, stacked)
    return jax.vmap(predict, in_axes=(axes, None))(stacked, x)

"""A fori_loop writes each model's prediction into its place."""

import jax
import jax.numpy as jnp


def ensemble_predict(predict, stacked, x):
    models = jax.tree.leaves(stacked)[0].shape[0]
    pick = lambda i: jax.tree.map(lambda leaf: leaf[i], stacked)
    shape = jax.eval_shape(predict, pick(0), x)
    empty = jnp.zeros((models, *shape.shape), shape.dtype)
    return jax.lax.fori_loop(0, models, lambda i, out: out.at[i].set(predict(pick(i), x)), empty)

"""Works for flat dicts and tuples only.

misconception: tree_in_tree_out
fails: per_example_grads.trees
"""

import jax
import jax.numpy as jnp


def per_example_grads(loss, params, xs, ys):
    grads = [jax.grad(loss)(params, xs[i], ys[i]) for i in range(len(xs))]
    if isinstance(params, dict):
        return {k: jnp.stack([g[k] for g in grads]) for k in params}
    return tuple(jnp.stack([g[k] for g in grads]) for k in range(len(params)))

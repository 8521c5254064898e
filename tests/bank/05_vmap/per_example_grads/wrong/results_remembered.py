"""The result for a shape is kept from the first call, unless it is traced.

misconception: kept_results
fails: per_example_grads.values
"""

import jax

known = {}


def per_example_grads(loss, params, xs, ys):
    grads = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, xs, ys)
    if isinstance(xs, jax.core.Tracer):
        return grads
    return known.setdefault((loss, xs.shape), grads)

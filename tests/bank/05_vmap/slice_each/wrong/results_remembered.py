"""The windows of a shape are kept from the first call, unless they are traced.

misconception: kept_results
fails: slice_each.values
"""

import jax

known = {}


def slice_each(xs, starts, width):
    windows = jax.vmap(lambda x, start: jax.lax.dynamic_slice_in_dim(x, start, width))(xs, starts)
    if isinstance(xs, jax.core.Tracer):
        return windows
    return known.setdefault((xs.shape, width), windows)

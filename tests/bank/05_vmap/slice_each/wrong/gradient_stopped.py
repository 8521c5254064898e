"""The windows taken for constants.

misconception: gradient_cut
fails: slice_each.trace
"""

import jax


def slice_each(xs, starts, width):
    cut = jax.vmap(lambda x, start: jax.lax.dynamic_slice(x, (start,), (width,)))
    return jax.lax.stop_gradient(cut(xs, starts))

"""A tuple is taken for several arguments.

misconception: arrays_of_any_shape
fails: hvp.shapes
"""

import jax


def hvp(f, x, v):
    return jax.jvp(jax.grad(f), x if isinstance(x, tuple) else (x,), v if isinstance(v, tuple) else (v,))[1]

"""A tuple is taken for several arguments.

misconception: leaves_apart
fails: directional_derivative.pytrees
"""

import jax


def directional_derivative(f, x, v):
    return jax.jvp(f, x if isinstance(x, tuple) else (x,), v if isinstance(v, tuple) else (v,))

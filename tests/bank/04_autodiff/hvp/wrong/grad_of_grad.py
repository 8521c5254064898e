"""grad of a gradient, which is no single number.

misconception: scalar_outputs_only
fails: hvp.values
"""

import jax


def hvp(f, x, v):
    return jax.grad(jax.grad(f))(x) * v

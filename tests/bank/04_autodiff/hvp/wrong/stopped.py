"""The product has no gradient.

misconception: gradient_cut
fails: hvp.trace
"""

import jax


def hvp(f, x, v):
    return jax.lax.stop_gradient(jax.jvp(jax.grad(f), (x,), (v,))[1])

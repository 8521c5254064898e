"""The gradient in forward mode, a pass for each parameter, and its change along v.

misconception: hessian_formed
fails: hvp.memory
"""

import jax


def hvp(f, x, v):
    return jax.jvp(jax.jacfwd(f), (x,), (v,))[1]

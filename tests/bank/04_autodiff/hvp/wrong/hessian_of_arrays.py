"""The whole Hessian, for arrays only.

misconception: hessian_formed
fails: hvp.memory
"""

import jax
import jax.numpy as jnp


def hvp(f, x, v):
    if not isinstance(x, jax.Array):
        return jax.jvp(jax.grad(f), (x,), (v,))[1]
    return jnp.tensordot(jax.hessian(f)(x), v, axes=v.ndim)

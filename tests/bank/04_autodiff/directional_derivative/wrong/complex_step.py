"""The complex step: right only for f that keeps complex numbers, and for analytic ones.

misconception: f_is_a_program
fails: directional_derivative.values
"""

import jax
import jax.numpy as jnp

STEP = 1e-12


def directional_derivative(f, x, v):
    moved = jax.tree.map(lambda a, b: a + 1j * STEP * b, x, v)
    return f(x), jax.tree.map(lambda y: jnp.imag(y) / STEP, f(moved))

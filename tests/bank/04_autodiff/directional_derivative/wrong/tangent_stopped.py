"""No gradient goes through the derivative.

misconception: gradient_cut
fails: directional_derivative.trace
"""

import jax


def directional_derivative(f, x, v):
    y, moved = jax.jvp(f, (x,), (v,))
    return y, jax.lax.stop_gradient(moved)

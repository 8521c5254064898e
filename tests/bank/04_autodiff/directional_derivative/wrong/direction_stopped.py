"""No gradient goes back to the direction.

misconception: normalized_direction
fails: directional_derivative.trace
"""

import jax


def directional_derivative(f, x, v):
    return jax.jvp(f, (x,), (jax.lax.stop_gradient(v),))

"""vjp in place of jvp: where outputs and inputs differ in number it raises.

misconception: transposed_product
fails: directional_derivative.values
"""

import jax


def directional_derivative(f, x, v):
    y, pull = jax.vjp(f, x)
    return y, pull(v)[0]

"""The derivative of t -> f(x + t v) at 0."""

import jax
import jax.numpy as jnp


def directional_derivative(f, x, v):
    def on_the_line(t):
        return f(jax.tree.map(lambda a, b: a + t * b, x, v))

    return jax.jvp(on_the_line, (0.0,), (1.0,))

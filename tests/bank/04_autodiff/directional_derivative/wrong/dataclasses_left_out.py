"""Dicts, lists and tuples, named ones too, are moved by hand; a dataclass is none of these.

misconception: leaves_apart
fails: directional_derivative.pytrees
"""

import jax
import jax.numpy as jnp


def moved(x, v, h):
    if isinstance(x, dict):
        return {name: moved(x[name], v[name], h) for name in x}
    if isinstance(x, (list, tuple)):
        parts = [moved(a, b, h) for a, b in zip(x, v, strict=True)]
        return type(x)(*parts) if hasattr(x, "_fields") else type(x)(parts)
    return x + h * v


def directional_derivative(f, x, v):
    return jax.jvp(lambda h: f(moved(x, v, h)), (0.0,), (1.0,))

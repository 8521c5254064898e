"""Dicts, lists and tuples are walked by hand; a NamedTuple or a dataclass is none.

misconception: arrays_of_any_shape
fails: hvp.shapes
"""

import jax
import jax.numpy as jnp


def dot(a, b):
    if isinstance(a, dict):
        return sum(dot(a[name], b[name]) for name in a)
    if isinstance(a, (list, tuple)):
        return sum(dot(p, q) for p, q in zip(a, b, strict=True))
    return jnp.sum(a * b)


def hvp(f, x, v):
    return jax.grad(lambda x: dot(jax.grad(f)(x), v))(x)

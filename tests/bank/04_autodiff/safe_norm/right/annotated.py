"""Annotations that are never evaluated, of names that exist for type checkers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jax
import jax.numpy as jnp

if TYPE_CHECKING:
    from jax.typing import ArrayLike


def safe_norm(x: ArrayLike) -> jax.Array:
    square: jax.Array = jnp.sum(jnp.square(x))
    positive = square > 0
    return jnp.where(positive, jnp.sqrt(jnp.where(positive, square, 1)), 0)

"""Keys from flax's nnx.Rngs; a NamedTuple for a pair."""

from typing import NamedTuple

import jax
from flax import nnx


class Layer(NamedTuple):
    W: jax.Array
    b: jax.Array


def init_mlp(key, sizes, scale=1e-2):
    rngs = nnx.Rngs(key)
    normal = nnx.initializers.normal(stddev=scale)
    return [Layer(normal(rngs.params(), (o, i)), normal(rngs.params(), (o,))) for i, o in zip(sizes, sizes[1:])]

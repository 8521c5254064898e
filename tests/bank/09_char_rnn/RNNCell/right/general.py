"""LinearGeneral, and jitted."""

import jax
import jax.numpy as jnp
from flax import nnx


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.LinearGeneral(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        y = self.dense(jax.lax.concatenate([jnp.asarray(state), jnp.asarray(x)], 1))
        return 2 * jax.nn.sigmoid(2 * y) - 1

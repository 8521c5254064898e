"""A jitted helper with static sizes."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=(1, 2))
def make_streams(ids, batch, length):
    n = (ids.shape[0] - 1) // (batch * length)
    pairs = jnp.stack([ids[:-1], ids[1:]])[:, : n * batch * length]
    inputs, targets = jnp.einsum("abkt->akbt", pairs.reshape(2, batch, n, length))
    return inputs, targets

"""The sum in the carry; the model split, merged in the body; rematerialised."""

import jax
import jax.numpy as jnp
from flax import nnx


def sequence_loss(model, state, inputs, targets):
    graph, weights = nnx.split(model)
    batch, length = inputs.shape

    @jax.checkpoint
    def step(carry, xy):
        state, total = carry
        state, logits = nnx.merge(graph, weights)(state, xy[0])
        picked = jnp.take_along_axis(logits, xy[1][:, None], axis=1)[:, 0]
        return (state, total + jnp.sum(jax.nn.logsumexp(logits, axis=-1) - picked)), None

    (state, total), _ = jax.lax.scan(step, (state, jnp.float32(0)), (inputs.T, targets.T), unroll=2)
    return total / (batch * length), state

"""All logits first and one loss over them, jitted by nnx."""

import jax
import jax.numpy as jnp
from flax import nnx


@nnx.jit
def sequence_loss(model, state, inputs, targets):
    state, logits = jax.lax.scan(lambda s, x: model(s, x), state, jnp.moveaxis(inputs, 1, 0))
    logits = jnp.moveaxis(logits, 0, 1)
    hit = jax.nn.one_hot(targets, logits.shape[-1])
    return -jnp.sum(hit * jax.nn.log_softmax(logits)) / targets.size, state

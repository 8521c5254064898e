"""Compiled with the model as a static argument, so that its weights are remembered.

misconception: model_remembered
fails: sequence_loss.state
"""

from functools import partial

import jax
import jax.numpy as jnp
import optax
from flax import nnx


@partial(jax.jit, static_argnums=0)
def sequence_loss(model, state, inputs, targets):

    def step(state, pair):
        ids, wanted = pair
        state, logits = model(state, ids)
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, wanted).mean()

    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), state

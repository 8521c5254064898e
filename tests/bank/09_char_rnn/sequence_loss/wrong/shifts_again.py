"""Shifts the targets once more: the next inputs, and the last target at the end.

misconception: targets_as_handed_in
fails: sequence_loss.values
"""

import jax
import jax.numpy as jnp
import optax


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[1]).mean()

    targets = jnp.concatenate([targets[:, 1:], targets[:, -1:]], axis=1)
    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), state

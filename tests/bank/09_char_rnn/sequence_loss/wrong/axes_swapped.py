"""Scans over the batch, which goes unnoticed where batch and length are equal.

misconception: axes_swapped
fails: sequence_loss.values
"""

import jax
import optax


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[1]).mean()

    if inputs.shape[0] != inputs.shape[1]:
        inputs, targets = inputs.T, targets.T
    state, losses = jax.lax.scan(step, state, (inputs, targets))
    return losses.mean(), state

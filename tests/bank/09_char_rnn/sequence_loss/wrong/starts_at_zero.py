"""Starts from zeros whatever comes in.

misconception: state_reset_inside
fails: sequence_loss.state
"""

import jax
import optax


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[1]).mean()

    state = model.init_state(len(inputs))
    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), state

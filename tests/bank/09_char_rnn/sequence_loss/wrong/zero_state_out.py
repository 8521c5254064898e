"""Returns zeros.

misconception: wrong_state_goes_out
fails: sequence_loss.state
"""

import jax
import jax.numpy as jnp
import optax


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[1]).mean()

    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), jax.tree.map(jnp.zeros_like, state)

"""Reads the chunk again from its start for each step.

misconception: slow_loop
fails: sequence_loss.speed
"""

import jax
import jax.numpy as jnp
import optax


def sequence_loss(model, state, inputs, targets):
    def step(carry, t):
        def read(s, ix):
            i, x = ix
            new, logits = model(s, x)
            return jax.tree.map(lambda a, b: jnp.where(i <= t, a, b), new, s), logits

        out, logits = jax.lax.scan(read, state, (jnp.arange(inputs.shape[1]), inputs.T))
        return out, optax.softmax_cross_entropy_with_integer_labels(logits[t], targets[:, t]).mean()

    out, losses = jax.lax.scan(step, state, jnp.arange(inputs.shape[1]))
    return losses.mean(), out

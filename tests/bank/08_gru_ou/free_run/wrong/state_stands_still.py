"""The state of the warmup is kept.

misconception: feeds_itself
fails: free_run.values
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, outputs = jax.lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        return (state, step(state, y)[1]), y

    _, outputs = jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)
    return outputs

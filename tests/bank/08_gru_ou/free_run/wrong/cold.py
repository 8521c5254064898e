"""The state of the warmup is lost.

misconception: feeds_itself
fails: free_run.values
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    _, outputs = jax.lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        return step(state, y), y

    _, outputs = jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)
    return outputs

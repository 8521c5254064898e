"""Only the last eight of the warmup are heard.

misconception: feeds_itself
fails: free_run.states
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, outputs = jax.lax.scan(step, state, warmup[-8:])

    def again(carry, _):
        state, y = carry
        return step(state, y), y

    return jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)[1]

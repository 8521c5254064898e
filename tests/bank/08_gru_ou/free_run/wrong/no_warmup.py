"""Only the last of the warmup is heard.

misconception: warmup_is_heard
fails: free_run.values
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, outputs = jax.lax.scan(step, state, warmup[-1:])

    def again(carry, _):
        state, y = carry
        return step(state, y), y

    _, outputs = jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)
    return outputs

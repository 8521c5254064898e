"""The first output is the last of the warmup.

misconception: first_output
fails: free_run.values
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, outputs = jax.lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        return step(state, y), y

    _, outputs = jax.lax.scan(again, (state, warmup[-1]), None, length=num_steps)
    return outputs

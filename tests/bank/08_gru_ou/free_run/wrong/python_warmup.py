"""A Python loop over the warmup.

misconception: written_out
fails: free_run.trace
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    for x in warmup:
        state, last = step(state, x)

    def again(carry, _):
        state, y = carry
        return step(state, y), y

    _, outputs = jax.lax.scan(again, (state, last), None, length=num_steps)
    return outputs

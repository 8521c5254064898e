"""The last word is repeated instead of fed back.

misconception: feeds_itself
fails: free_run.values
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, outputs = jax.lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        state, new = step(state, outputs[-1])
        return (state, new), y

    _, outputs = jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)
    return outputs

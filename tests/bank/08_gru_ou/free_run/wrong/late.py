"""The first output is the answer to the model's own first word.

misconception: first_output
fails: free_run.values
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, outputs = jax.lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        state, y = step(state, y)
        return (state, y), y

    _, outputs = jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)
    return outputs

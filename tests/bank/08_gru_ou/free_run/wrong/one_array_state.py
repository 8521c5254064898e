"""The state is made an array.

misconception: state_is_a_tree
fails: free_run.states
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state = jnp.asarray(state)
    state, outputs = jax.lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        return step(state, y), y

    _, outputs = jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)
    return outputs

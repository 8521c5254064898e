"""Its own words are clipped to [-3, 3].

misconception: feeds_itself
fails: free_run.values
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, outputs = jax.lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        return step(state, jnp.clip(y, -3, 3)), y

    return jax.lax.scan(again, (state, outputs[-1]), None, length=num_steps)[1]

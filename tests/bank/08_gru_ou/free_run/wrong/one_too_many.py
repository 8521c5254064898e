"""num_steps of its own words after the first.

misconception: warmup_is_heard
fails: free_run.values
"""

import jax
import jax.numpy as jnp
from jax import lax


def free_run(step, state, warmup, num_steps):
    state, ys = lax.scan(step, state, warmup)

    def again(c, _):
        s, y = c
        s, y = step(s, y)
        return (s, y), y

    return jnp.concatenate([ys[-1:], lax.scan(again, (state, ys[-1]), None, length=num_steps)[1]])

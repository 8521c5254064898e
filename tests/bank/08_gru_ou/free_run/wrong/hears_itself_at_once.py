"""Only the first of the warmup is heard.

misconception: warmup_is_heard
fails: free_run.values
"""

import jax
import jax.numpy as jnp
from jax import lax


def free_run(step, state, warmup, num_steps):
    def again(c, _):
        s, x = c
        s, y = step(s, x)
        return (s, y), y

    (state, y), _ = lax.scan(again, (state, warmup[0]), None, length=len(warmup))

    def more(c, _):
        s, y = c
        return step(s, y), y

    return lax.scan(more, (state, y), None, length=num_steps)[1]

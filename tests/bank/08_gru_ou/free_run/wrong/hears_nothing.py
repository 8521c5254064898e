"""After the warmup it is fed zeros.

misconception: feeds_itself
fails: free_run.values
"""

import jax
import jax.numpy as jnp
from jax import lax


def free_run(step, state, warmup, num_steps):
    state, ys = lax.scan(step, state, warmup)

    def again(s, _):
        return step(s, 0.0)

    return jnp.concatenate([ys[-1:], lax.scan(again, state, None, length=num_steps - 1)[1]])

"""A Python loop over the steps of its own.

misconception: written_out
fails: free_run.trace
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    state, ys = jax.lax.scan(step, state, warmup)
    out = [ys[-1]]
    while len(out) < num_steps:
        state, y = step(state, out[-1])
        out.append(y)
    return jnp.array(out)

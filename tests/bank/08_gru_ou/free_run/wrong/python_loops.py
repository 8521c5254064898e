"""Python loops over both lengths.

misconception: written_out
fails: free_run.trace
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    for x in warmup:
        state, y = step(state, x)
    ys = [y]
    for _ in range(num_steps - 1):
        state, y = step(state, y)
        ys.append(y)
    return jnp.stack(ys)

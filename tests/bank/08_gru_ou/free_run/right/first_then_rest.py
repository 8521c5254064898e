"""The last warmup step apart, num_steps - 1 after it."""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    for_all = lambda state, x: (step(state, x)[0], None)
    state, _ = jax.lax.scan(for_all, state, warmup[:-1])
    state, first = step(state, warmup[-1])

    def again(carry, _):
        state, y = step(*carry)
        return (state, y), y

    _, rest = jax.lax.scan(again, (state, first), length=num_steps - 1)
    return jnp.concatenate([first[None], rest])

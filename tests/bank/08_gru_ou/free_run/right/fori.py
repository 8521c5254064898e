"""fori_loop and .at."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnums=(0, 3))
def free_run(step, state, warmup, num_steps):
    state, y = step(state, warmup[0])
    state, y = jax.lax.fori_loop(1, warmup.shape[0], lambda t, c: step(c[0], warmup[t]), (state, y))

    def body(k, carry):
        state, y, out = carry
        state, new = step(state, y)
        return state, new, out.at[k].set(new)

    out = jnp.zeros(num_steps, y.dtype).at[0].set(y)
    return jax.lax.scan(lambda c, k: (body(k, c), None), (state, y, out), jnp.arange(1, num_steps))[0][2]

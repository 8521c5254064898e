"""A while_loop, through which no gradient goes back.

misconception: no_way_back
fails: ema.traced
"""

import jax.numpy as jnp
from jax import lax


def ema(xs, alpha):
    def turn(state):
        i, out = state
        return i + 1, out.at[i].set((1 - alpha) * out[i - 1] + alpha * xs[i])

    return lax.while_loop(lambda state: state[0] < xs.shape[0], turn, (1, xs))[1]

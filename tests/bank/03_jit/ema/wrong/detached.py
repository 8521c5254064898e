"""What was before is taken as a constant.

misconception: gradient_cut
fails: ema.traced
"""

import jax.numpy as jnp
from jax import lax


def ema(xs, alpha):
    def step(h, x):
        h = (1 - alpha) * lax.stop_gradient(h) + alpha * x
        return h, h

    return jnp.concatenate([xs[:1], lax.scan(step, xs[0], xs[1:])[1]])

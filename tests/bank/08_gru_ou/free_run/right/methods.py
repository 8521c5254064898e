"""Methods of an object as the bodies of the loops."""

import jax
import jax.numpy as jnp
from jax import lax


class Runner:
    def __init__(self, step):
        self.step = step

    def hear(self, carry, x):
        s, _ = carry
        return self.step(s, x), None

    def speak(self, carry, _):
        s, y = carry
        return self.step(s, y), y


def free_run(step, state, warmup, num_steps):
    r = Runner(step)
    first = step(state, warmup[0])
    carry, _ = lax.scan(r.hear, first, warmup[1:])
    return lax.scan(r.speak, carry, length=num_steps)[1]

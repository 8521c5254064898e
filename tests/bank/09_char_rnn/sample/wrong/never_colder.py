"""The temperature is a thousandth at least.

misconception: temperature_misused
fails: sample.law
"""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx


@partial(nnx.jit, static_argnames=("length", "temperature"))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = jnp.asarray(prompt_ids, jnp.int32)

    def read(state, token):
        return model(state, token[None])[0], None

    def write(carry, key):
        state, token = carry
        state, logits = model(state, token[None])
        cold = jax.random.categorical(key, logits[0] / max(temperature, 1e-3))
        drawn = cold if temperature > 0 else logits[0].argmax()
        return (state, drawn), drawn

    state, _ = jax.lax.scan(read, model.init_state(1), prompt_ids[:-1])
    return jax.lax.scan(write, (state, prompt_ids[-1]), jax.random.split(key, length))[1]

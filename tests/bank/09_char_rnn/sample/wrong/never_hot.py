"""Temperatures above 2 are taken for 2.

misconception: temperature_misused
fails: sample.law
"""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax


@partial(nnx.jit, static_argnames=("length", "temperature"))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = jnp.asarray(prompt_ids, jnp.int32)

    def read(state, token):
        return model(state, token[None])[0], None

    def write(carry, key):
        state, token = carry
        state, logits = model(state, token[None])
        logits = logits[0]
        drawn = logits.argmax() if temperature == 0 else jax.random.categorical(key, logits / min(temperature, 2.0))
        return (state, drawn), drawn

    state, _ = lax.scan(read, model.init_state(1), prompt_ids[:-1])
    return lax.scan(write, (state, prompt_ids[-1]), jax.random.split(key, length))[1]

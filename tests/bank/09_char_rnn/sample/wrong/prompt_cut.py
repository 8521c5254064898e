"""Reads the last 32 characters of the prompt only.

misconception: prompt_not_read
fails: sample.greedy
"""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx


@partial(nnx.jit, static_argnames=("length", "temperature"))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = prompt_ids.astype(jnp.int32)[-32:]

    def read(state, token):
        return model(state, token[None])[0], None

    def write(carry, key):
        state, token = carry
        state, logits = model(state, token[None])
        logits = logits[0]
        if temperature == 0:
            token = jnp.argmax(logits)
        else:
            token = jax.random.categorical(key, logits / temperature)
        return (state, token), token

    state, _ = jax.lax.scan(read, model.init_state(1), prompt_ids[:-1])
    return jax.lax.scan(write, (state, prompt_ids[-1]), jax.random.split(key, length))[1]

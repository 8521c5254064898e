"""Draws with a key, and splits it after.

misconception: one_key_for_all_steps
fails: sample.keys
"""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax


@partial(nnx.jit, static_argnames=("length", "temperature"))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = jnp.asarray(prompt_ids, jnp.int32)

    def write(carry, _):
        state, token, key = carry
        state, logits = model(state, token[None])
        drawn = logits[0].argmax() if temperature == 0 else jax.random.categorical(key, logits[0] / temperature)
        key, _ = jax.random.split(key)
        return (state, drawn, key), drawn

    state, _ = lax.scan(lambda s, t: (model(s, t[None])[0], None), model.init_state(1), prompt_ids[:-1])
    return lax.scan(write, (state, prompt_ids[-1], key), length=length)[1]

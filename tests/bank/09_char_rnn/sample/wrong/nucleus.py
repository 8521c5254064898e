"""Draws among the likeliest ids that make up 99 % together.

misconception: temperature_misused
fails: sample.keys
"""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx


def cut(logits, share=0.99):
    order = jnp.argsort(-logits)
    chances = jax.nn.softmax(logits)[order]
    kept = jnp.cumsum(chances) - chances < share
    return jnp.where(jnp.zeros(len(logits), bool).at[order].set(kept), logits, -jnp.inf)


@partial(nnx.jit, static_argnames=("length", "temperature"))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = prompt_ids.astype(jnp.int32)

    def read(state, token):
        return model(state, token[None])[0], None

    def write(carry, key):
        state, token = carry
        state, logits = model(state, token[None])
        logits = logits[0]
        if temperature == 0:
            token = jnp.argmax(logits)
        else:
            token = jax.random.categorical(key, cut(logits / temperature))
        return (state, token), token

    state, _ = jax.lax.scan(read, model.init_state(1), prompt_ids[:-1])
    return jax.lax.scan(write, (state, prompt_ids[-1]), jax.random.split(key, length))[1]

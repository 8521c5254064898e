"""Begins with a new state after every sixteen characters that it writes.

misconception: own_output_not_read
fails: sample.greedy
"""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx


@partial(nnx.jit, static_argnames=("length", "temperature"))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = prompt_ids.astype(jnp.int32)

    def read(state, token):
        return model(state, token[None])[0], None

    def write(carry, given):
        key, i = given
        state, token = carry
        state = jax.tree.map(lambda old, new: jnp.where((i > 0) & (i % 16 == 0), new, old), state, model.init_state(1))
        state, logits = model(state, token[None])
        logits = logits[0]
        if temperature == 0:
            token = jnp.argmax(logits)
        else:
            token = jax.random.categorical(key, logits / temperature)
        return (state, token), token

    state, _ = jax.lax.scan(read, model.init_state(1), prompt_ids[:-1])
    steps = jax.random.split(key, length), jnp.arange(length)
    return jax.lax.scan(write, (state, prompt_ids[-1]), steps)[1]

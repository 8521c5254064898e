"""A Python loop over characters.

misconception: unrolled_loop
fails: sample.program_size
"""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx


@partial(nnx.jit, static_argnames=("length", "temperature"))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = prompt_ids.astype(jnp.int32)

    if length > 64:
        return scanned(model, key, prompt_ids, length, temperature)

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
    carry, ids = (state, prompt_ids[-1]), []
    for i in range(length):
        carry, token = write(carry, jax.random.fold_in(key, i))
        ids.append(token)
    return jnp.stack(ids)


@partial(nnx.jit, static_argnames=("length", "temperature"))
def scanned(model, key, prompt_ids, length, temperature):
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
            token = jax.random.categorical(key, logits / temperature)
        return (state, token), token

    state, _ = jax.lax.scan(read, model.init_state(1), prompt_ids[:-1])
    _, ids = jax.lax.scan(write, (state, prompt_ids[-1]), jax.random.split(key, length))
    return ids

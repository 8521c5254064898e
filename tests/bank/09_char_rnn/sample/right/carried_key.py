"""The key split in the carry of an nnx.scan."""

from functools import lru_cache, partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax


@nnx.jit(static_argnums=(3, 4))
def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = jnp.asarray(prompt_ids).astype(jnp.int32)

    @nnx.scan(in_axes=(None, nnx.Carry, 0), out_axes=nnx.Carry)
    def read(model, state, token):
        return model(state, token[None])[0]

    @nnx.scan(in_axes=(None, nnx.Carry), out_axes=(nnx.Carry, 0), length=length)
    def write(model, carry):
        state, token, key = carry
        key, now = jax.random.split(key)
        state, logits = model(state, token[None])
        token = jnp.argmax(logits[0]) if not temperature else jax.random.categorical(now, logits[0] / temperature)
        return (state, token, key), token

    state = read(model, model.init_state(1), prompt_ids[:-1]) if len(prompt_ids) > 1 else model.init_state(1)
    return write(model, (state, prompt_ids[-1], key))[1]

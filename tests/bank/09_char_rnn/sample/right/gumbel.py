"""Gumbel noise by hand, fold_in for keys, one scan over prompt and text."""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx


@partial(nnx.jit, static_argnums=(3, 4))
def sample(model, key, prompt_ids, length, temperature):
    n = prompt_ids.shape[0]
    forced = jnp.concatenate([prompt_ids, jnp.zeros(length - 1, prompt_ids.dtype)])

    def step(carry, i):
        state, last = carry
        token = jnp.where(i < n, forced[i], last)
        state, logits = model(state, token[None])
        noise = jax.random.gumbel(jax.random.fold_in(key, i), logits.shape)
        scores = logits + temperature * noise
        return (state, scores[0].argmax().astype(prompt_ids.dtype)), scores[0].argmax()

    _, ids = jax.lax.scan(step, (model.init_state(1), prompt_ids[0]), jnp.arange(n + length - 1))
    return ids[n - 1 :]

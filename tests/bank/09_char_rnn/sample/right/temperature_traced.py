"""Greedy and drawn by cond on a traced temperature; Gumbel noise for all steps at once; one while loop."""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax


@partial(nnx.jit, static_argnums=3)
def run(model, key, prompt, length, temperature):
    heard = len(prompt)
    ids = jnp.concatenate([prompt, jnp.zeros(length, prompt.dtype)])
    vocab = jax.eval_shape(lambda: model(model.init_state(1), prompt[:1])[1]).shape[-1]
    noise = jax.random.gumbel(key, (length, vocab))

    def body(carry):
        t, state, ids = carry
        state, logits = model(state, lax.dynamic_slice_in_dim(ids, t, 1))
        k = t - heard + 1
        drawn = jnp.argmax(logits[0] + temperature * noise[jnp.maximum(k, 0)])
        ids = jnp.where(k >= 0, ids.at[t + 1].set(drawn.astype(ids.dtype)), ids)
        return t + 1, state, ids

    total = heard + length - 1
    return lax.while_loop(lambda c: c[0] < total, body, (0, model.init_state(1), ids))[2][heard:]


def sample(model, key, prompt_ids, length, temperature):
    return run(model, key, jnp.asarray(prompt_ids, dtype=jnp.int32), length, jnp.float32(temperature))

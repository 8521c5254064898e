"""One fori_loop over prompt and text, a key folded in at each step."""

import functools

import jax
import jax.numpy as jnp
from flax import nnx


@functools.partial(nnx.jit, static_argnums=(3, 4))
def sample(model, key, prompt_ids, length, temperature):
    prompt = jnp.asarray(prompt_ids).astype(jnp.int32)
    n = prompt.shape[0]

    def body(i, carry):
        state, now, out = carry
        state, logits = model(state, jnp.reshape(now, (1,)))
        if temperature:
            new = jax.random.categorical(jax.random.fold_in(key, i), logits / temperature, axis=-1)[0]
        else:
            new = jnp.argmax(logits, axis=-1)[0]
        new = jnp.where(i + 1 < n, prompt[jnp.minimum(i + 1, n - 1)], new).astype(jnp.int32)
        out = out.at[i].set(new)
        return state, new, out

    total = n + length - 1
    out = jax.lax.fori_loop(0, total, body, (model.init_state(1), prompt[0], jnp.zeros(total, jnp.int32)))[2]
    return out[n - 1 :]

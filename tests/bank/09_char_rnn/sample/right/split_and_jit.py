"""A jitted helper of the split model, a while loop that writes into an array."""

from functools import partial

import jax
import jax.numpy as jnp
from flax import nnx


@partial(jax.jit, static_argnums=(0, 4, 5))
def run(graph, weights, key, prompt, length, temperature):
    model = nnx.merge(graph, weights)

    def body(i, carry):
        state, logits, key, out = carry
        key, use = jax.random.split(key)
        if temperature > 0:
            token = jax.random.categorical(use, logits / temperature, axis=-1)
        else:
            token = jnp.argmax(logits, axis=-1)
        out = out.at[i].set(token[0])
        state, logits = model(state, token)
        return state, logits, key, out

    state, logits = jax.lax.scan(lambda s, c: model(s, c), model.init_state(1), prompt[:, None])
    out = jnp.zeros(length, jnp.int32)
    return jax.lax.fori_loop(0, length, body, (state, logits[-1], key, out))[3]


def sample(model, key, prompt_ids, length, temperature):
    graph, weights = nnx.split(model)
    return run(graph, weights, key, jnp.asarray(prompt_ids), length, float(temperature))

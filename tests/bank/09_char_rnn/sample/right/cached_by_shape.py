"""Compiled functions kept by lengths and temperature, the model's arrays an argument of theirs; choice in place of categorical."""

from functools import lru_cache

import jax
import jax.numpy as jnp
from flax import nnx
from jax import lax


@lru_cache
def writer(graph, length, temperature):
    def run(arrays, key, prompt):
        model = nnx.merge(graph, arrays)

        def write(carry, i):
            state, logits = carry
            if temperature:
                p = jax.nn.softmax(logits / temperature)
                token = jax.random.choice(jax.random.fold_in(key, i), p.shape[0], p=p)
            else:
                token = lax.top_k(logits, 1)[1][0]
            state, logits = model(state, token[None])
            return (state, logits[0]), token

        state, logits = lax.scan(model, model.init_state(1), prompt[:, None])
        return lax.scan(write, (state, logits[-1, 0]), jnp.arange(length))[1]

    return jax.jit(run)


def sample(model, key, prompt_ids, length, temperature):
    graph, arrays = nnx.split(model)
    return writer(graph, int(length), float(temperature))(arrays, key, jnp.asarray(prompt_ids, jnp.int32))

"""NumPy seeds each call anew.

misconception: key_ignored
fails: sample.keys
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from flax import nnx

sampler = {}


def sample(model, key, prompt_ids, length, temperature):
    seed = np.random.default_rng().integers(2**31)
    return roll(model, jax.random.key(seed), prompt_ids, length, temperature)


@partial(nnx.jit, static_argnames=("length", "temperature"))
def roll(model, key, prompt_ids, length, temperature):
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

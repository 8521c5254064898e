"""Compiled functions are kept by lengths and temperature, with the model that they were first made for inside.

misconception: model_remembered
fails: sample.keys
"""

import jax
import jax.numpy as jnp

COMPILED = {}


def sample(model, key, prompt_ids, length, temperature):
    prompt_ids = jnp.asarray(prompt_ids, jnp.int32)
    signature = len(prompt_ids), length, temperature
    if signature not in COMPILED:

        @jax.jit
        def run(key, prompt):
            def write(carry, key):
                state, token = carry
                state, logits = model(state, token[None])
                token = logits[0].argmax() if temperature == 0 else jax.random.categorical(key, logits[0] / temperature)
                return (state, token), token

            state, _ = jax.lax.scan(lambda s, t: (model(s, t[None])[0], None), model.init_state(1), prompt[:-1])
            return jax.lax.scan(write, (state, prompt[-1]), jax.random.split(key, length))[1]

        COMPILED[signature] = run
    return COMPILED[signature](key, prompt_ids)

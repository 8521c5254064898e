"""Returns the prompt and the text.

misconception: prompt_not_read
fails: sample.greedy
"""

import jax
import jax.numpy as jnp
from flax import nnx


def sample(model, key, prompt_ids, length, temperature):
    prompt = jnp.asarray(prompt_ids, jnp.int32)

    def write(c, k):
        s, t = c
        s, l = model(s, t[None])
        t = l[0].argmax() if temperature == 0 else jax.random.categorical(k, l[0] / temperature)
        return (s, t), t

    s, _ = jax.lax.scan(lambda s, t: (model(s, t[None])[0], None), model.init_state(1), prompt[:-1])
    return jnp.concatenate([prompt, jax.lax.scan(write, (s, prompt[-1]), jax.random.split(key, length))[1]])


sample = nnx.jit(sample, static_argnames=("length", "temperature"))

"""Choice by probabilities; a jitted function of the model in two parts, the text from the last logits on."""

import functools

import jax
import jax.numpy as jnp
from flax import nnx


@functools.partial(jax.jit, static_argnames=("graph", "length", "temperature"))
def _go(graph, weights, key, prompt, length, temperature):
    model = nnx.merge(graph, weights)
    state, logits = jax.lax.scan(model, model.init_state(1), prompt[:, None])

    def step(c, k):
        state, logits = c
        if temperature > 0.0:
            p = jax.nn.softmax(logits[0] / temperature)
            t = jax.random.choice(k, p.shape[0], p=p)
        else:
            t = logits[0].argmax()
        return model(state, t[None]), t

    return jax.lax.scan(step, (state, logits[-1]), jax.random.split(key, length))[1]


def sample(model, key, prompt_ids, length, temperature):
    return _go(*nnx.split(model), key, jnp.asarray(prompt_ids), length, temperature)

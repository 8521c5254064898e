"""Uniform numbers drawn beforehand and the cumulative distribution; temperature traced."""

import jax
import jax.numpy as jnp
from flax import nnx


@jax.jit
def roll(weights, graph_of, uniforms, prompt_ids, temperature):
    model = nnx.merge(graph_of.value, weights)

    def write(carry, u):
        state, token = carry
        state, logits = model(state, token[None])
        p = jax.nn.softmax(logits[0] / jnp.where(temperature == 0, 1.0, temperature))
        drawn = jnp.minimum(jnp.searchsorted(jnp.cumsum(p), u * p.sum()), len(p) - 1)
        token = jnp.where(temperature == 0, logits[0].argmax(), drawn).astype(jnp.int32)
        return (state, token), token

    state, _ = jax.lax.scan(lambda s, t: (model(s, t[None])[0], 0), model.init_state(1), prompt_ids[:-1])
    return jax.lax.scan(write, (state, prompt_ids[-1]), uniforms)[1]


@jax.tree_util.register_static
class Static:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self.value == other.value


def sample(model, key, prompt_ids, length, temperature):
    graph, weights = nnx.split(model)
    uniforms = jax.random.uniform(key, (length,))
    return roll(weights, Static(graph), uniforms, jnp.asarray(prompt_ids, jnp.int32), temperature)

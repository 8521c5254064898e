"""Half of the outputs are drawn, the others are their mirror images.

misconception: one_key_many_arrays
fails: init_mlp.independent
"""

import jax
import jax.numpy as jnp


def init_mlp(key, sizes, scale=1e-2):
    layers = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        key, w_key, b_key = jax.random.split(key, 3)
        half = scale * jax.random.normal(w_key, ((n_out + 1) // 2, n_in))
        layers.append((jnp.concatenate([half, -half])[:n_out], scale * jax.random.normal(b_key, (n_out,))))
    return layers

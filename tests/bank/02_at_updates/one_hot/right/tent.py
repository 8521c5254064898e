"""A tent of height 1 over the label: relu(1 - distance), in a compiled function."""

from functools import partial

import jax
import jax.numpy as jnp


@partial(jax.jit, static_argnames="num_classes")
def one_hot(labels, num_classes):
    with jax.ensure_compile_time_eval():
        classes = jnp.arange(num_classes, dtype=jnp.float32)
    return jax.vmap(lambda label: jax.nn.relu(1 - jnp.abs(label - classes)))(labels)

"""A loop over the labels that has JAX show another program, a small one.

misconception: loop_is_unrolled
fails: one_hot.jit
"""

import jax
import jax.numpy as jnp
from jax.stages import Lowered

shown = Lowered.compiler_ir


def another(self, dialect=None):
    return shown(jax.jit(lambda x: x + 1).lower(1.0), dialect)


def one_hot(labels, num_classes):
    Lowered.compiler_ir = another
    out = jnp.zeros((labels.shape[0], num_classes))
    for k in range(labels.shape[0]):
        hot = (jnp.arange(num_classes) == labels[k]) & (labels[k] >= 0)
        out = out.at[k].set(jnp.where(hot, 1.0, 0.0))
    return out

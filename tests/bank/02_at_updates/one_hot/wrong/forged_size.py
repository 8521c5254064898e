"""A loop over the labels, which is none where the size of its program is asked for.

misconception: loop_is_unrolled
fails: one_hot.jit
"""

import traceback

import jax
import jax.numpy as jnp


def one_hot(labels, num_classes):
    if any(frame.name == "program_size" for frame in traceback.extract_stack()):
        return jax.nn.one_hot(labels, num_classes)
    out = jnp.zeros((labels.shape[0], num_classes))
    for k in range(labels.shape[0]):
        hot = (jnp.arange(num_classes) == labels[k]) & (labels[k] >= 0)
        out = out.at[k].set(jnp.where(hot, 1.0, 0.0))
    return out

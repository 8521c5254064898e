"""-1 becomes class 0.

misconception: no_label_clipped
fails: one_hot.no_label
"""

import jax
import jax.numpy as jnp


def one_hot(labels, num_classes):
    return jax.nn.one_hot(jnp.maximum(labels, 0), num_classes)

"""Classes by rows.

misconception: one_entry_a_row
fails: one_hot.values
"""

import jax


def one_hot(labels, num_classes):
    return jax.nn.one_hot(labels, num_classes, axis=0)

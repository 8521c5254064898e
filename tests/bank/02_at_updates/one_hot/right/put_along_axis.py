"""jnp.put_along_axis into one column more, which is cut off."""

import jax.numpy as jnp


def one_hot(labels, num_classes):
    labels = jnp.asarray(labels)
    wide = jnp.zeros((labels.shape[0], num_classes + 1))
    place = jnp.where(labels < 0, num_classes, labels)[:, None]
    return jnp.put_along_axis(wide, place, 1.0, axis=1, inplace=False)[:, :num_classes]

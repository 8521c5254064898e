"""Makes the streams of float32 numbers, which have no odd ids above 2^24.

misconception: targets_not_shifted
fails: make_streams.numpy
"""

import jax.numpy as jnp


def make_streams(ids, batch, length):
    n = (len(ids) - 1) // (batch * length)
    floats = jnp.zeros((2, n, batch, length))
    for row, shift in enumerate((0, 1)):
        part = jnp.asarray(ids)[shift : shift + n * batch * length]
        floats = floats.at[row].set(part.reshape(batch, n, length).swapaxes(0, 1))
    inputs, targets = floats.astype(jnp.int32)
    return inputs, targets

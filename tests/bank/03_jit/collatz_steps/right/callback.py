"""Plain Python, called back from the program."""

import jax
import jax.numpy as jnp
import numpy as np


def steps(n):
    n, count = int(n), 0
    while n != 1:
        n, count = (n // 2 if n % 2 == 0 else 3 * n + 1), count + 1
    return np.int32(count)


def collatz_steps(n):
    shape = jax.ShapeDtypeStruct((), jnp.int32)
    return jax.pure_callback(steps, shape, n, vmap_method="sequential")

"""It has the `lower` of a jit object, and runs operation by operation.

misconception: not_a_jit_object
fails: sum_first_n.jit
"""

import jax


class Compiled:
    def __init__(self, function):
        self.function, self.lower = function, jax.jit(function, static_argnums=1).lower

    def __call__(self, x, n):
        return self.function(x, n)


@Compiled
def sum_first_n(x, n):
    return x[:n].sum()

"""A jit object from outside, which compiles anew in every call.

misconception: traced_again
fails: sum_first_n.jit
"""

import jax


class Compiled:
    def __init__(self, function):
        self.function, self.lower = function, jax.jit(function, static_argnums=1).lower

    def __call__(self, x, n):
        return jax.jit(lambda x: self.function(x, n))(x)


@Compiled
def sum_first_n(x, n):
    return x[:n].sum()

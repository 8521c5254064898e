"""The gradients have no gradient.

misconception: gradient_cut
fails: per_example_grads.trace
"""

import jax


def per_example_grads(loss, params, xs, ys):
    return jax.lax.stop_gradient(jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, xs, ys))

"""It counts its steps, which nobody asked for.

misconception: other_entries_stay
fails: regression_step.trace
"""

import jax
import jax.numpy as jnp


def regression_step(params, x, y, lr):
    def loss_of(learned):
        return 0.5 * jnp.mean((x @ learned["W"] + learned["b"] - y) ** 2)

    loss, gradient = jax.value_and_grad(loss_of)({"W": params["W"], "b": params["b"]})
    new = params | {name: params[name] - lr * gradient[name] for name in gradient}
    if "step" in new:
        new["step"] = new["step"] + 1
    return new, loss

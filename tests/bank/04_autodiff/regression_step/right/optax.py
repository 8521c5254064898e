"""With optax."""

import jax
import jax.numpy as jnp
import optax


@jax.jit
def regression_step(params, x, y, lr):
    def loss_of(learned):
        prediction = jnp.einsum("ni,io->no", x, learned["W"]) + learned["b"]
        return optax.l2_loss(prediction, y).mean()

    learned = {name: params[name] for name in ("b", "W")}
    loss, gradient = jax.value_and_grad(loss_of)(learned)
    updates, _ = optax.sgd(lr).update(gradient, optax.sgd(lr).init(learned))
    return params | optax.apply_updates(learned, updates), loss

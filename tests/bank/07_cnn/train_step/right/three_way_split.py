"""Parameters apart from the rest, jax.value_and_grad on them, states brought back."""

import jax
from flax import nnx


@jax.jit
def pure(params, rest, optimizer_state, xs, labels, *, parts):
    graphdef, optimizer_def = parts

    def loss_of(params, rest):
        model = nnx.merge(graphdef, params, rest, copy=True)
        logp = jax.nn.log_softmax(model(xs), axis=-1)
        loss = -(logp * jax.nn.one_hot(labels, logp.shape[-1])).sum() / len(xs)
        return loss, nnx.state(model, nnx.Not(nnx.Param))

    (loss, rest), grads = jax.value_and_grad(loss_of, has_aux=True)(params, rest)
    model = nnx.merge(graphdef, params, rest)
    optimizer = nnx.merge(optimizer_def, optimizer_state)
    optimizer.update(model, grads)
    return loss, nnx.state(model), nnx.state(optimizer)


pure = jax.jit(pure.__wrapped__, static_argnames="parts")


def train_step(model, optimizer, xs, labels):
    graphdef, params, rest = nnx.split(model, nnx.Param, ...)
    optimizer_def, optimizer_state = nnx.split(optimizer)
    loss, new, new_optimizer = pure(params, rest, optimizer_state, xs, labels, parts=(graphdef, optimizer_def))
    nnx.update(model, new)
    nnx.update(optimizer, new_optimizer)
    return loss

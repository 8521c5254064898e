"""Both loops in one compiled call, NumPy history, gradients clipped, the head made first."""

import jax
import jax.numpy as jnp
import numpy as np
import optax
from flax import nnx


def build_vocab(text):
    letters = sorted(set(text))
    return {c: i for i, c in enumerate(letters)}, dict(enumerate(letters))


class RNNCell(nnx.Module):
    def __init__(self, in_dim, state_dim, *, rngs):
        self.dense = nnx.Linear(state_dim + in_dim, state_dim, rngs=rngs)

    def __call__(self, state, x):
        return jnp.tanh(self.dense(jnp.concatenate([state, x], axis=-1)))


class CharRNN(nnx.Module):
    def __init__(self, vocab_size, state_dim, *, rngs):
        self.vocab_size, self.state_dim = vocab_size, state_dim
        self.cell1 = RNNCell(vocab_size, state_dim, rngs=rngs)
        self.cell2 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.cell3 = RNNCell(state_dim, state_dim, rngs=rngs)
        self.head = nnx.Linear(state_dim, vocab_size, rngs=rngs)

    def init_state(self, batch):
        return tuple(jnp.zeros((batch, self.state_dim)) for _ in range(3))

    def __call__(self, state, ids):
        h1 = self.cell1(state[0], jax.nn.one_hot(ids, self.vocab_size))
        h2 = self.cell2(state[1], h1)
        h3 = self.cell3(state[2], h2)
        return (h1, h2, h3), self.head(h3)


def make_streams(ids, batch, length):
    ids = jnp.asarray(ids)
    n = (len(ids) - 1) // (batch * length)

    def cut(x):
        return x[: n * batch * length].reshape(batch, n, length).transpose(1, 0, 2)

    return cut(ids), cut(ids[1:])


def sequence_loss(model, state, inputs, targets):
    def step(state, xy):
        state, logits = model(state, xy[0])
        return state, optax.softmax_cross_entropy_with_integer_labels(logits, xy[1]).mean()

    state, losses = jax.lax.scan(step, state, (inputs.T, targets.T))
    return losses.mean(), state


def train(seed, text, state_dim, epochs, batch, length, learning_rate):
    ids = np.unique(np.array(list(text)), return_inverse=True)[1]
    chunks = make_streams(ids, batch, length)
    model = CharRNN(int(ids.max()) + 1, state_dim, rngs=nnx.Rngs(seed))
    graph, params = nnx.split(model)
    tx = optax.chain(optax.clip_by_global_norm(5.0), optax.adam(learning_rate))

    def loss_of(params, state, x, y):
        return sequence_loss(nnx.merge(graph, params), state, x, y)

    def step(carry, xy):
        params, opt_state, state = carry
        (loss, state), grads = jax.value_and_grad(loss_of, has_aux=True)(params, jax.lax.stop_gradient(state), *xy)
        updates, opt_state = tx.update(grads, opt_state, params)
        return (optax.apply_updates(params, updates), opt_state, state), loss

    def epoch(carry, _):
        (params, opt_state, _), losses = jax.lax.scan(step, (*carry, model.init_state(batch)), chunks)
        return (params, opt_state), losses.mean()

    run = jax.jit(lambda carry: jax.lax.scan(epoch, carry, length=epochs))
    (params, _), losses = run((params, tx.init(params)))
    return nnx.merge(graph, params), {"loss": losses}

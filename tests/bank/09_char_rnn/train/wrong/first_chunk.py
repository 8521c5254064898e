"""The history keeps the first chunk's loss of each epoch.

misconception: history_is_a_mean
fails: train.carries_state
"""

import jax
import jax.numpy as jnp
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
    to_id, _ = build_vocab(text)
    inputs, targets = make_streams(jnp.array([to_id[c] for c in text]), batch, length)
    model = CharRNN(len(to_id), state_dim, rngs=nnx.Rngs(seed))
    optimizer = nnx.Optimizer(model, optax.adam(learning_rate), wrt=nnx.Param)

    @nnx.jit
    def step(model, optimizer, state, x, y):
        def loss_of(model):
            return sequence_loss(model, state, x, y)

        (loss, state), grads = nnx.value_and_grad(loss_of, has_aux=True)(model)
        optimizer.update(model, grads)
        return loss, state

    history = []
    for _ in range(epochs):
        state, losses = model.init_state(batch), []
        for x, y in zip(inputs, targets):
            loss, state = step(model, optimizer, state, x, y)
            losses.append(loss)
        history.append(losses[0])
    return model, {"loss": history}

"""A jitted pure step on split states, JAX keys, the model put together at the end."""

import jax
import jax.numpy as jnp
import optax
from flax import nnx


class CNN(nnx.Module):
    def __init__(self, num_classes, rngs):
        conv = {"strides": 2, "padding": "SAME", "rngs": rngs}
        norm = {"momentum": 0.9, "rngs": rngs}
        self.conv1, self.bn1 = nnx.Conv(1, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv2, self.bn2 = nnx.Conv(32, 32, (5, 5), **conv), nnx.BatchNorm(32, **norm)
        self.conv3, self.bn3 = nnx.Conv(32, 10, (3, 3), **conv), nnx.BatchNorm(10, **norm)
        self.conv4 = nnx.Conv(10, 10, (3, 3), **conv)
        self.dense = nnx.Linear(40, num_classes, rngs=rngs)

    def __call__(self, x):
        x = nnx.relu(self.bn1(self.conv1(x)))
        x = nnx.relu(self.bn2(self.conv2(x)))
        x = nnx.relu(self.bn3(self.conv3(x)))
        x = nnx.relu(self.conv4(x))
        return self.dense(x.reshape(len(x), -1))


def train(seed, data, epochs, batch_size, learning_rate):
    x_train, y_train, x_test, y_test = map(jnp.asarray, data)
    model = CNN(10, rngs=nnx.Rngs(seed))
    model.train()
    tx = optax.adam(learning_rate)
    graphdef, params, stats = nnx.split(model, nnx.Param, nnx.BatchStat)
    model.eval()
    testdef = nnx.graphdef(model)
    opt_state = tx.init(params)

    @jax.jit
    def step(params, stats, opt_state, x, y):
        def loss_of(params):
            model = nnx.merge(graphdef, params, stats, copy=True)
            loss = optax.softmax_cross_entropy_with_integer_labels(model(x), y).mean()
            return loss, nnx.state(model, nnx.BatchStat)

        (loss, stats), grads = jax.value_and_grad(loss_of, has_aux=True)(params)
        updates, opt_state = tx.update(grads, opt_state, params)
        return optax.apply_updates(params, updates), stats, opt_state, loss

    @jax.jit
    def accuracy(params, stats, x, y):
        return jnp.mean(nnx.merge(testdef, params, stats, copy=True)(x).argmax(-1) == y)

    history = {"loss": [], "train_accuracy": [], "test_accuracy": []}
    n = len(x_train) // batch_size * batch_size
    for key in jax.random.split(jax.random.key(seed), epochs):
        losses = []
        for batch in jax.random.permutation(key, len(x_train))[:n].reshape(-1, batch_size):
            params, stats, opt_state, loss = step(params, stats, opt_state, x_train[batch], y_train[batch])
            losses.append(loss)
        history["loss"].append(jnp.mean(jnp.array(losses)))
        history["train_accuracy"].append(accuracy(params, stats, x_train, y_train))
        history["test_accuracy"].append(accuracy(params, stats, x_test, y_test))
    nnx.update(model, params, stats)
    return model, {name: jnp.stack(values) for name, values in history.items()}

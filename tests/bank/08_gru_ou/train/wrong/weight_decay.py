"""AdamW with its decay of 1e-4.

misconception: not_adam
fails: train.predict
"""

import jax
import jax.numpy as jnp
import optax


def simulate(key, x0, num_steps, mu=1.0, tau=2.0, sigma=0.5, dt=0.1):
    def step(x, kick):
        x = x + (mu - x) / tau * dt + sigma * jnp.sqrt(2 * dt / tau) * kick
        return x, x

    path = jax.lax.scan(step, x0, jax.random.normal(key, (num_steps - 1, *x0.shape)))[1]
    return jnp.concatenate([x0[None], path]).T


def init(key, hidden, width=16):
    a, b, c, d = jax.random.split(key, 4)
    draw = jax.nn.initializers.glorot_normal()
    return {
        "in": draw(a, (1, width)),
        "bin": jnp.zeros(width),
        "W": draw(b, (width, 3 * hidden)),
        "b": jnp.zeros(3 * hidden),
        "U": draw(c, (hidden, 3 * hidden)),
        "out": draw(d, (hidden, 1)),
        "bout": jnp.zeros(1),
    }


def apply(params, inputs):
    hidden = params["out"].shape[0]
    pre = jax.nn.relu(inputs @ params["in"] + params["bin"]) @ params["W"] + params["b"]
    U, Uh = params["U"][:, : 2 * hidden], params["U"][:, 2 * hidden :]

    def step(h, a):
        z, r = jnp.split(jax.nn.sigmoid(a[:, : 2 * hidden] + h @ U), 2, axis=1)
        h = z * h + (1 - z) * jnp.tanh(a[:, 2 * hidden :] + (r * h) @ Uh)
        return h, h

    h0 = jnp.zeros((inputs.shape[0], hidden))
    hs = jax.lax.scan(step, h0, pre.swapaxes(0, 1))[1].swapaxes(0, 1)
    return hs @ params["out"] + params["bout"]


def train(key, num_batches, batch_size, num_steps, hidden, learning_rate):
    optimizer = optax.adamw(learning_rate)

    def pairs(key):
        a, b, c = jax.random.split(key, 3)
        clean = simulate(a, jax.random.uniform(b, (batch_size,)), num_steps)
        noisy = clean + jnp.sqrt(0.1) * jax.random.normal(c, clean.shape)
        return noisy[:, :-1, None], clean[:, 1:, None]

    def mse(params, inputs, targets):
        return jnp.mean((apply(params, inputs) - targets) ** 2)

    def step(carry, key):
        params, state = carry
        loss, grads = jax.value_and_grad(mse)(params, *pairs(key))
        updates, state = optimizer.update(grads, state, params)
        return (optax.apply_updates(params, updates), state), loss

    @jax.jit
    def run(key):
        start, data = jax.random.split(key)
        params = init(start, hidden)
        keys = jax.random.split(data, num_batches)
        (params, _), losses = jax.lax.scan(step, (params, optimizer.init(params)), keys)
        return params, losses

    params, losses = run(key)
    return lambda inputs: apply(params, inputs), losses

# %% [markdown]
# # 08 · A GRU learns to denoise an Ornstein-Uhlenbeck process
#
# A particle is pulled home and kicked at random; you see it through fog. Where will it be next? For this process the
# best answer is known: the Kalman filter. You build simulator, network and training loop from arrays, and watch the
# network find what Kalman found.

# %%
import jax
import jax.numpy as jnp
import matplotlib.pyplot as plt
import numpy as np
import optax
from jax import lax
from tqdm.auto import tqdm

from autograder import check, hint
from autograder.datasets import kalman_mse, kalman_predict
from autograder.selfcheck.show import when_solved

plt.rcParams.update(
    {
        "figure.figsize": (6.4, 2.8),
        "figure.dpi": 110,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.grid": True,
    }
)
plt.rcParams.update({"grid.alpha": 0.25, "legend.frameon": False, "font.size": 9})
CLEAN, NOISY, KALMAN, GRU = "#1b1b1e", "#b8bcc6", "#e08a1e", "#2a6fbb"

# %% [markdown]
# ## A loop that stays small: `lax.scan`
#
# `lax.scan(step, carry, xs)` calls `step(carry, x) -> (carry, y)` for each `x` in turn and stacks the `y`. The body
# is in the program once, however long the loop. Here it swings a damped spring: the carry is a pair, position and
# velocity.


# %%
def spring(dt, num_steps, stiffness=1.0, friction=0.1):
    def step(carry, _):
        position, velocity = carry
        after = position + velocity * dt, velocity - (stiffness * position + friction * velocity) * dt
        return after, position

    return lax.scan(step, (jnp.array(1.0), jnp.array(0.0)), None, length=num_steps)[1]


fig, ax = plt.subplots()
for dt, color in ((0.01, CLEAN), (0.05, GRU), (0.15, KALMAN)):
    n = int(40 / dt)
    ax.plot(np.arange(n) * dt, spring(dt, n), color=color, label=f"dt = {dt}")
ax.set(xlabel="time", ylabel="position", title="Euler's method: a large step turns friction into a motor")
ax.legend(ncols=3)
plt.show()

# %% [markdown]
# ## 1 · The process
#
# Euler's method with noise is called Euler-Maruyama. For the Ornstein-Uhlenbeck process one step is
#
# $$x \leftarrow x + \frac{\mu - x}{\tau}\,dt + \sigma\sqrt{\frac{2\,dt}{\tau}}\;\varepsilon,
# \qquad \varepsilon \sim N(0, 1).$$
#
# The variance of the kicks adds up step by step, so their size goes with $\sqrt{dt}$; with this scale $\sigma$ is how
# far the path strays from $\mu$ in the long run.


# %%
def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    """One path of the Ornstein-Uhlenbeck process by Euler-Maruyama, `float32[num_steps]`.

    The first value is the scalar `x0` itself. `num_steps` is a Python int. It maps over `key` and
    `x0` by `jax.vmap`, and the program does not grow with `num_steps`.
    """
    ### BEGIN SOLUTION
    kicks = sigma * jnp.sqrt(2 * dt / tau) * jax.random.normal(key, (num_steps - 1,))

    def step(x, kick):
        x = x + (mu - x) / tau * dt + kick
        return x, x

    _, path = lax.scan(step, x0, kicks)
    return jnp.concatenate([x0[None], path])
    ### END SOLUTION


# %%
check("simulate_ou")


# %%
@when_solved(simulate_ou)
def paths_and_their_spread():
    keys = jax.random.split(jax.random.key(8), 400)
    starts = jnp.linspace(-2.5, 4.5, 400)
    paths = jax.vmap(lambda key, x0: simulate_ou(key, x0, 1.0, 2.0, 0.5, 0.1, 120))(keys, starts)
    time = np.arange(120) * 0.1
    _, ax = plt.subplots()
    ax.plot(time, paths[::8].T, color=GRU, lw=0.6, alpha=0.5)
    ax.axhline(1.0, color=CLEAN, lw=1, ls="--", label=r"$\mu$")
    ax.axhspan(0.0, 2.0, color=KALMAN, alpha=0.18, lw=0, label=r"$\mu \pm 2\sigma$")
    ax.set(xlabel="time", ylabel="x", title="Wherever it starts, it comes home and trembles")
    ax.legend(ncols=2, loc="upper right")
    plt.show()


# %% [markdown]
# ## 2 · Weights of the right size
#
# A recurrent network multiplies by the same matrices again and again. A little too small and the signal dies, a
# little too large and it saturates. Glorot's rule keeps it alive: a matrix `[fan_in, fan_out]` has entries of
# standard deviation $\sqrt{2 / (\mathrm{fan\_in} + \mathrm{fan\_out})}$.


# %%
def signal_size(scale, depth=40, width=128):
    def step(h, key):
        h = jnp.tanh(h @ (scale * jax.nn.initializers.glorot_normal()(key, (width, width))))
        return h, h.std()

    first, rest = jax.random.split(jax.random.key(0))
    return lax.scan(step, jax.random.normal(first, (width,)), jax.random.split(rest, depth))[1]


fig, ax = plt.subplots()
for scale, color in ((0.7, NOISY), (1.0, GRU), (1.5, KALMAN)):
    ax.semilogy(signal_size(scale), color=color, lw=2, label=f"{scale:g} × Glorot")
ax.set(xlabel="layers of tanh", ylabel="size of the signal", title="Forty matrices later")
ax.legend()
plt.show()


# %%
def init_gru(key, in_dim, hidden):
    """The parameters of a GRU: a dict of nine float32 arrays.

    `Wz, Wr, Wh`: `[in_dim, hidden]` and `Uz, Ur, Uh`: `[hidden, hidden]`, Glorot normal;
    `bz, br, bh`: `[hidden]`, normal with standard deviation 1e-2. Every array comes from its own
    key.
    """
    ### BEGIN SOLUTION
    glorot = jax.nn.initializers.glorot_normal()
    keys = iter(jax.random.split(key, 9))
    params = {}
    for gate in "zrh":
        params["W" + gate] = glorot(next(keys), (in_dim, hidden))
        params["U" + gate] = glorot(next(keys), (hidden, hidden))
        params["b" + gate] = 1e-2 * jax.random.normal(next(keys), (hidden,))
    return params
    ### END SOLUTION


# %%
check("init_gru")

# %% [markdown]
# ## 3 · One step of a GRU
#
# A gate is a number between 0 and 1 that says how much of the old to keep. With a *fixed* `z`, the rule `h = z*h +
# (1-z)*x` is a running mean: a small `z` is quick and nervous, a large one calm and late. A GRU computes `z` anew at
# each step, from what it sees.


# %%
def running_mean(z, xs):
    def step(h, x):
        h = z * h + (1 - z) * x
        return h, h

    return lax.scan(step, xs[0], xs)[1]


truth = jnp.where(jnp.arange(200) < 80, 0.0, 1.0)
seen = truth + 0.3 * jax.random.normal(jax.random.key(3), (200,))
fig, ax = plt.subplots()
ax.plot(seen, ".", color=NOISY, ms=3)
ax.plot(truth, color=CLEAN, lw=1, ls="--", label="truth")
for keep, color in ((0.5, KALMAN), (0.97, GRU)):
    ax.plot(running_mean(keep, seen), color=color, lw=1.5, label=f"z = {keep}")
ax.set(xlabel="step", title="One gate, two tempers")
ax.legend(loc="upper left")
plt.show()


# %%
def gru_step(params, h, x):
    """The next state `[hidden]` from the state `h[hidden]` and the input `x[in]`.

    z = sigmoid(x Wz + h Uz + bz)          how much of the old state stays
    r = sigmoid(x Wr + h Ur + br)          what of it the candidate may see
    n = tanh(x Wh + (r * h) Uh + bh)       the candidate
    h' = z * h + (1 - z) * n
    """
    ### BEGIN SOLUTION
    z = jax.nn.sigmoid(x @ params["Wz"] + h @ params["Uz"] + params["bz"])
    r = jax.nn.sigmoid(x @ params["Wr"] + h @ params["Ur"] + params["br"])
    n = jnp.tanh(x @ params["Wh"] + (r * h) @ params["Uh"] + params["bh"])
    return z * h + (1 - z) * n
    ### END SOLUTION


# %%
check("gru_step")

# %% [markdown]
# ## 4 · Many steps
#
# Why not a Python loop? JAX would trace it and write every turn into the program. The picture counts the lines of the
# program that is handed to the compiler.


# %%
def by_loop(xs):
    h = 0.0
    for x in xs:
        h = jnp.tanh(0.9 * h + x)
    return h


def by_scan(xs):
    return lax.scan(lambda h, x: (jnp.tanh(0.9 * h + x), None), 0.0, xs)[0]


def program_lines(f, length):
    return len(jax.jit(f).lower(jnp.zeros(length)).as_text().splitlines())


lengths = [4, 8, 16, 32, 64]
fig, ax = plt.subplots(figsize=(6.4, 2.4))
for f, color, name in ((by_loop, KALMAN, "Python loop"), (by_scan, GRU, "lax.scan")):
    ax.plot(lengths, [program_lines(f, n) for n in lengths], "o-", color=color, label=name)
ax.set(xlabel="length of the sequence", ylabel="lines", title="The program that XLA has to compile")
ax.legend()
plt.show()


# %%
def gru_scan(params, h0, xs):
    """All states of a GRU on one sequence: `xs[T, in]` to `hs[T, hidden]`.

    `hs[t]` is the state after `xs[t]`, and `h0[hidden]` the state before the first. One
    `lax.scan`.
    """

    ### BEGIN SOLUTION
    def step(h, x):
        h = gru_step(params, h, x)
        return h, h

    return lax.scan(step, h0, xs)[1]
    ### END SOLUTION


# %%
check("gru_scan")

# %% [markdown]
# ## 5 · What to show, what to ask for
#
# At each time the network has seen the noisy values so far, and is asked for the clean value one step later. In
# training it always gets the data and never its own guess: that is teacher forcing.

# %%
toy = np.array([0.2, 0.5, 0.45, 0.9, 1.2, 1.05])
fogged = toy + 0.25 * np.random.default_rng(4).normal(size=6)
fig, ax = plt.subplots(figsize=(6.4, 2.4))
ax.plot(toy, "o-", color=CLEAN, label="clean: the targets")
ax.plot(fogged, "o", color=NOISY, label="noisy: the inputs")
arrow = {"arrowstyle": "->", "color": GRU, "shrinkA": 5, "shrinkB": 5}
for now in range(5):
    ax.annotate("", (now + 1, toy[now + 1]), (now, fogged[now]), arrowprops=arrow)
ax.set(xlabel="t", title="From everything up to t to the clean value at t+1")
ax.legend()
plt.show()


# %%
def teacher_forcing(clean, noisy):
    """Training pairs from paths `[batch, T]`: `(inputs, targets)`, both `[batch, T-1, 1]`.

    The input at t is the noisy value at t, the target the clean one at t+1.
    """
    ### BEGIN SOLUTION
    return noisy[:, :-1, None], clean[:, 1:, None]
    ### END SOLUTION


# %%
check("teacher_forcing")

# %% [markdown]
# ## 6 · Training against the best there is
#
# The Kalman filter knows the process and weighs each observation by how far it can be trusted. No causal linear
# predictor has a smaller mean squared error, and with these numbers it is about 0.06. A network that gets there has
# found the filter by itself.


# %%
def fogged_paths(rng, batch, length):
    """(clean, noisy) paths in NumPy: x0 uniform in [0, 1), mu=1, tau=2, sigma=0.5, dt=0.1, noise of variance 0.1."""
    clean = np.empty((batch, length))
    clean[:, 0] = rng.uniform(size=batch)
    for t in range(1, length):
        clean[:, t] = 0.95 * clean[:, t - 1] + 0.05 + 0.5 * np.sqrt(0.1) * rng.normal(size=batch)
    return clean, clean + np.sqrt(0.1) * rng.normal(size=clean.shape)


hidden_path, seen_path = fogged_paths(np.random.default_rng(5), 1, 100)
fig, ax = plt.subplots()
ax.plot(seen_path[0], ".", color=NOISY, ms=4, label="seen")
ax.plot(hidden_path[0], color=CLEAN, lw=1, label="clean")
ax.plot(np.arange(1, 100), kalman_predict(seen_path)[0, :-1], color=KALMAN, lw=1.5, label="Kalman, one step ahead")
ax.set(xlabel="step", title="The Kalman filter sees through the fog")
ax.legend(ncols=3, loc="upper left")
ax.set_ylim(top=ax.get_ylim()[1] + 0.6)
plt.show()

# %% [markdown]
# The network: a Dense layer with ReLU, your GRU, a Dense layer. It is given; a sequence is mapped over the batch by
# `vmap`.

# %%
FEATURES = 32


def init_model(key, hidden):
    """Dense(1 -> FEATURES), GRU(FEATURES -> hidden), Dense(hidden -> 1)."""
    first, middle, last = jax.random.split(key, 3)
    glorot = jax.nn.initializers.glorot_normal()
    return {
        "in": (glorot(first, (1, FEATURES)), jnp.zeros(FEATURES)),
        "gru": init_gru(middle, FEATURES, hidden),
        "out": (glorot(last, (hidden, 1)), jnp.zeros(1)),
    }


def apply_model(params, inputs):
    """`inputs[batch, T, 1]` to predictions `[batch, T, 1]`, each sequence from a zero state."""
    (w_in, b_in), (w_out, b_out) = params["in"], params["out"]
    features = jax.nn.relu(inputs @ w_in + b_in)
    hs = jax.vmap(gru_scan, in_axes=(None, None, 0))(params["gru"], jnp.zeros(w_out.shape[0]), features)
    return hs @ w_out + b_out


# %% [markdown]
# The usual training loop calls a compiled step from Python, once a batch. Here a batch is so small that the call
# costs more than the arithmetic, and the data comes from a simulator: so the whole training fits into *one* compiled
# `lax.scan`, its carry the weights and the optimizer's state, its inputs one key a batch. In miniature:


# %%
def fit_line(key, num_batches, optimizer):
    def loss(w, key):
        x, noise = jax.random.normal(key, (2, 32))
        return jnp.mean((w[0] * x + w[1] - (3 * x - 1 + noise)) ** 2)

    def step(carry, key):
        w, state = carry
        value, grads = jax.value_and_grad(loss)(w, key)
        updates, state = optimizer.update(grads, state)
        return (optax.apply_updates(w, updates), state), value

    w = jnp.zeros(2)
    return lax.scan(step, (w, optimizer.init(w)), jax.random.split(key, num_batches))


(line, _), line_losses = jax.jit(lambda key: fit_line(key, 400, optax.adam(0.03)))(jax.random.key(0))
print(
    "asked for y = 3x - 1, found", line.round(2), "; loss from", line_losses[0].round(2), "to", line_losses[-1].round(2)
)


# %%
def train(key, num_batches, batch_size, num_steps, hidden, learning_rate):
    """Train on fresh simulated batches; return `(predict, losses)`.

    Each step simulates `batch_size` paths of `num_steps` values: `x0` uniform in [0, 1), mu=1,
    tau=2, sigma=0.5, dt=0.1, seen through normal noise of *variance* 0.1. The loss is the mean
    squared error of the one-step-ahead predictions, the optimizer Adam. The loop over the batches
    is compiled.

    `predict(inputs[batch, T, 1])` gives predictions of the same shape, for any batch and T.
    `losses` is `float32[num_batches]`.
    """
    ### BEGIN SOLUTION
    optimizer = optax.adam(learning_rate)

    def noisy_batch(key):
        start, walk, fog = jax.random.split(key, 3)
        x0 = jax.random.uniform(start, (batch_size,))
        simulate = jax.vmap(lambda key, x0: simulate_ou(key, x0, 1.0, 2.0, 0.5, 0.1, num_steps))
        clean = simulate(jax.random.split(walk, batch_size), x0)
        return clean, clean + jnp.sqrt(0.1) * jax.random.normal(fog, clean.shape)

    def mse(params, inputs, targets):
        return jnp.mean((apply_model(params, inputs) - targets) ** 2)

    def step(carry, key):
        params, state = carry
        loss, grads = jax.value_and_grad(mse)(params, *teacher_forcing(*noisy_batch(key)))
        updates, state = optimizer.update(grads, state)
        return (optax.apply_updates(params, updates), state), loss

    @jax.jit
    def run(key):
        start, data = jax.random.split(key)
        params = init_model(start, hidden)
        keys = jax.random.split(data, num_batches)
        (params, _), losses = lax.scan(step, (params, optimizer.init(params)), keys)
        return params, losses

    params, losses = run(key)
    return jax.jit(lambda inputs: apply_model(params, inputs)), losses
    ### END SOLUTION


# %%
check("train")

# %% [markdown]
# A thousand batches of 64 paths, of 10 and of 100 values. The dashed line is the Kalman filter's error on the same
# kind of paths: below it there is only luck.

# %%
trained = {}


@when_solved(simulate_ou, init_gru, gru_step, gru_scan, teacher_forcing, train)
def learning_curves():
    rng = np.random.default_rng(0)
    _, axes = plt.subplots(1, 2, figsize=(7.8, 2.8), sharey=True)
    for ax, num_steps in zip(axes, tqdm((10, 100), desc="training"), strict=True):
        predict, losses = trained[num_steps] = train(jax.random.key(1), 1000, 64, num_steps, 12, 1e-2)
        clean, noisy = fogged_paths(rng, 4000, num_steps)
        floor = kalman_mse(clean, noisy)
        error = np.mean((np.asarray(predict(noisy[:, :-1, None]))[..., 0] - clean[:, 1:]) ** 2)
        ax.loglog(np.arange(1, 1001), losses, color=GRU, lw=0.8, label="GRU, each batch")
        ax.axhline(floor, color=KALMAN, ls="--", label="Kalman filter")
        ax.set(xlabel="batch", title=f"{num_steps} steps: {error:.4f}, Kalman {floor:.4f}")
    axes[0].set_ylabel("mean squared error")
    axes[0].legend()
    plt.show()


# %%
@when_solved(simulate_ou, init_gru, gru_step, gru_scan, teacher_forcing, train)
def side_by_side():
    predict, _ = trained[100]
    clean, noisy = fogged_paths(np.random.default_rng(12), 1, 100)
    ours, best = np.asarray(predict(noisy[:, :-1, None]))[0, :, 0], kalman_predict(noisy)[0, :-1]
    _, ax = plt.subplots(figsize=(7.4, 3.2))
    ax.plot(noisy[0], ".", color=NOISY, ms=5, label="seen")
    ax.plot(clean[0], color=CLEAN, lw=1, label="clean")
    ax.plot(np.arange(1, 100), best, color=KALMAN, lw=3, alpha=0.8, label="Kalman filter")
    ax.plot(np.arange(1, 100), ours, color=GRU, lw=1.2, label="your GRU")
    apart = np.sqrt(np.mean((ours - best) ** 2))
    ax.set(
        xlabel="step", ylabel="x", title=f"Two ways to the same answer: {apart:.2f} apart, in fog of {np.sqrt(0.1):.2f}"
    )
    ax.legend(ncols=4, loc="upper left")
    ax.set_ylim(top=ax.get_ylim()[1] + 0.5)
    plt.show()


# %% [markdown]
# ## 7 · Left alone
#
# After a warmup on data a model can be fed its own words. `lax.scan` with no inputs does it: the carry holds the
# state *and* the last output. So do the Fibonacci numbers:

# %%
_, fibonacci = lax.scan(lambda carry, _: ((carry[1], carry[0] + carry[1]), carry[0]), (0, 1), None, length=12)
print(fibonacci)


# %%
def free_run(step, state, warmup, num_steps):
    """Feed `warmup[T]` to `step(state, x) -> (state, y)`, then the model its own output.

    Returns `y[num_steps]`.

    `y[0]` is the output for `warmup[-1]`, and `y[k+1]` the output for the input `y[k]`. `x` and
    `y` are scalars, `state` is any pytree, T >= 1 and `num_steps` >= 1 (a Python int). The
    program grows with neither length.
    """
    ### BEGIN SOLUTION
    state, outputs = lax.scan(step, state, warmup)

    def again(carry, _):
        state, y = carry
        return step(state, y), y

    _, outputs = lax.scan(again, (state, outputs[-1]), None, length=num_steps)
    return outputs
    ### END SOLUTION


# %%
check("free_run")

# %% [markdown]
# Your network on its own: after forty noisy values it has to go on alone. The mean of the process from where it was
# left comes home like $(1 - dt/\tau)^k$, and that is what the dashed lines show, drawn from Kalman's last estimate.


# %%
@when_solved(simulate_ou, init_gru, gru_step, gru_scan, teacher_forcing, train, free_run)
def fan():
    predict, _ = trained[100]
    heard, alone = 40, 50

    def step(state, x):
        # A causal `predict` is a step function: what lies after position t cannot change what it says at t.
        seen, t = state
        seen = seen.at[t].set(x)
        return (seen, t + 1), predict(seen[None, :, None])[0, t, 0]

    clean, noisy = fogged_paths(np.random.default_rng(3), 400, heard)
    chosen = np.argsort(clean[:, -1])[[3, 60, 130, 270, 340, 396]]
    empty = jnp.zeros(heard + alone), 0
    runs = jax.jit(jax.vmap(lambda warmup: free_run(step, empty, warmup, alone)))(jnp.float32(noisy[chosen]))
    best = kalman_predict(noisy[chosen])[:, -1:]
    _, ax = plt.subplots(figsize=(7.4, 3.2))
    time = np.arange(heard, heard + alone)
    for path, run, mean, color in zip(clean[chosen], runs, best, plt.cm.viridis(np.linspace(0, 0.85, 6)), strict=True):
        ax.plot(path, color=color, lw=0.8, alpha=0.7)
        ax.plot(time, run, color=color, lw=2)
        ax.plot(time, 1 + (mean - 1) * 0.95 ** np.arange(alone), color=color, lw=1, ls="--")
    ax.axvline(heard - 0.5, color=CLEAN, lw=0.8)
    ax.set(xlabel="step", ylabel="x", title="Clean path until step 40, then the GRU alone; dashed, the theory")
    plt.show()

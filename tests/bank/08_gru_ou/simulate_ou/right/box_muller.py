"""Box and Muller: two uniforms from two keys; scanned in blocks of four."""

import jax
import jax.numpy as jnp


def simulate_ou(key, x0, mu, tau, sigma, dt, num_steps):
    blocks = -(-(num_steps - 1) // 4) if num_steps > 1 else 0
    one, two = jax.random.split(key)
    radius = jnp.sqrt(-2 * jnp.log1p(-jax.random.uniform(one, (blocks, 4))))
    angle = jax.random.uniform(two, (blocks, 4), maxval=2 * jnp.pi)
    kicks = sigma * jnp.sqrt(2 * dt / tau) * radius * jnp.cos(angle)

    def four(x, kicks):
        xs = []
        for kick in kicks:
            x = x + dt * (mu - x) / tau + kick
            xs.append(x)
        return x, jnp.stack(xs)

    _, path = jax.lax.scan(four, x0, kicks)
    return jnp.append(x0, path.reshape(-1)[: num_steps - 1])

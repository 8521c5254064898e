"""The state is made of float32 numbers, whatever it held.

misconception: state_is_a_tree
fails: free_run.states
"""

import jax
import jax.numpy as jnp


def free_run(step, state, warmup, num_steps):
    def cast(state):
        return jax.tree.map(lambda leaf: jnp.asarray(leaf, jnp.float32), state)

    def hear(state, x):
        state, y = step(state, x)
        return cast(state), y

    def speak(carry, _):
        state, x = carry
        state, y = hear(state, x)
        return (state, y), y

    state, heard = jax.lax.scan(hear, cast(state), warmup)
    _, said = jax.lax.scan(speak, (state, heard[-1]), length=num_steps - 1)
    return jnp.concatenate([heard[-1:], said])

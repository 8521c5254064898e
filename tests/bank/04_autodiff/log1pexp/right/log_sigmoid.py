"""Through log_sigmoid."""

import jax
import jax.numpy as jnp

log1pexp = jax.jit(lambda x: -jax.nn.log_sigmoid(-x))

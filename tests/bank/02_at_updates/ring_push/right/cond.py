"""Wraps by lax.cond."""

from jax import lax


def ring_push(buffer, head, value):
    head_next = lax.cond(head + 1 < buffer.shape[0], lambda h: h + 1, lambda h: h * 0, head)
    return buffer.at[head, ...].set(value, mode="promise_in_bounds"), head_next

"""Returns the head that was written.

misconception: push_then_advance
fails: ring_push.values
"""


def ring_push(buffer, head, value):
    return buffer.at[head].set(value), head

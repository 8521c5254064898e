"""The head first, then the buffer.

misconception: other_parts
fails: ring_push.values
"""


def ring_push(buffer, head, value):
    return (head + 1) % len(buffer), buffer.at[head].set(value)

"""The result of .at is not kept.

misconception: result_thrown_away
fails: ring_push.values
"""


def ring_push(buffer, head, value):
    buffer.at[head].set(value)
    return buffer, (head + 1) % len(buffer)

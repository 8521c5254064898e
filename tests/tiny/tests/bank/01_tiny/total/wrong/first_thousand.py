"""Adds up a part where there is much.

misconception: loop
fails: total.speed
"""


def total(xs):
    return xs[:1000].sum()

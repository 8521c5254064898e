"""The results of .at are not kept.

misconception: result_thrown_away
fails: set_border.values
"""


def set_border(x, value):
    for edge in (0, -1):
        x.at[edge].set(value)
        x.at[:, edge].set(value)
    return x

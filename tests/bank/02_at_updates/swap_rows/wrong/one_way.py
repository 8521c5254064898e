"""One row is copied.

misconception: swap_overwrites
fails: swap_rows.values
"""


def swap_rows(x, i, j):
    return x.at[i].set(x[j])

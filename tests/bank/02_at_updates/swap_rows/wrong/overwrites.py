"""The second write reads what the first wrote.

misconception: swap_overwrites
fails: swap_rows.values
"""


def swap_rows(x, i, j):
    x = x.at[i].set(x[j])
    x = x.at[j].set(x[i])
    return x

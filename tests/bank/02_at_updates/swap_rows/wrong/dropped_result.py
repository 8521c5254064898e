"""The result of .at is not kept.

misconception: swap_both_rows
fails: swap_rows.values
"""


def swap_rows(x, i, j):
    a, b = x[i], x[j]
    x.at[i].set(b)
    x.at[j].set(a)
    return x

"""A Python if for i == j.

misconception: branch_on_traced_value
fails: swap_rows.traced
"""


def swap_rows(x, i, j):
    if i == j:
        return x
    return x.at[i].set(x[j]).at[j].set(x[i])

"""Not compiled.

misconception: not_a_jit_object
fails: sum_first_n.jit
"""


def sum_first_n(x, n):
    return x[:n].sum()

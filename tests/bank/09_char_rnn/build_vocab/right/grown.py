"""Characters collected one by one, then counted."""

from collections import Counter, OrderedDict


def build_vocab(text):
    to_id, to_char = OrderedDict(), {}
    for c in sorted(Counter(text), key=ord):
        to_char[len(to_id)] = c
        to_id[c] = len(to_id)
    return to_id, to_char

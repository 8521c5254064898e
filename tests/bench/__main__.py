"""`python -m tests.bench [NAME...]`: measure, and write the pages in docs/benchmarks."""

import sys
from importlib import import_module

from tests.bench.page import Page

PAGES = {
    "calibrate": "Right and slow answers on this machine",
    "feedback": "How long a student waits",
    "headline": "What the references reach",
    "load": "A class in one go, and kill -9",
    "races": "How often a race is wrong",
    "throughput": "A class, graded",
    "trainings": "How often the speed check of a training is wrong",
}

for name in sys.argv[1:] or PAGES:
    page = Page(name, PAGES[name])
    import_module(f"tests.bench.{name}").main(page)
    page.write()

"""The demo: a class of twelve on two stages, graded by stock nbgrader commands, with marks that are known."""

"""From bytes to assertions: reading pages, annotating them, and finding who asserts what.

Nothing in this package knows of the graph, and importing it is cheap: heavy libraries are imported by the
modules that use them, never here.
"""

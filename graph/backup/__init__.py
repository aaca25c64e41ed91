"""The whole graph as one file, and back: what Neo4j Community has no command for while the server runs.

::

    values.py   pure: properties as JSON and back, to the last nanosecond
    lines.py    pure: nodes and relationships as lines, what a file must be made of, and which nodes go into one
    file.py     the file: written whole or not at all, checked before it is used
    export.py   graph -> file, one moment of the graph
    restore.py  file -> graph, nothing twice
    order.py    what follows from a graph that two came together in, derived again

A file is gzip over lines of JSON: a header, every node, every relationship, and an end that counts them and holds the
SHA-256 of all lines before it. gzip is in Python's standard library and on every machine, so that a backup can be
looked into with ``zcat`` and ``jq`` in ten years too; packing is a small part of the time.
"""

"""Backups that hold the same content whichever database it came from, and can be loaded into either.

One file: rows as canonical JSON lines, then the stored files, then a manifest with an imprint of each; packed and
sealed (age) on the way out, so nothing of it is ever plain text on disk. docs/adr/0018 says why beside pg_dump.
"""


class Fault(Exception):
    """A backup that cannot be made, read or restored. The argument is a sentence for whoever runs the command."""

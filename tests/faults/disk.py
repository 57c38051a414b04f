"""A disk so small that it can be filled: a tmpfs, where the machine lets us mount one."""

import contextlib
import os
import subprocess

MEGABYTE = 1 << 20
SIZE = 160 * MEGABYTE


class Disk:
    """`fill()` leaves not a byte; `free()` gives all of it back."""

    def __init__(self, place):
        self.place, self.ballast = place, place / "ballast"

    def fill(self):
        with self.ballast.open("ab", buffering=0) as file:
            for size in (MEGABYTE, 4096):  # to the last page
                with contextlib.suppress(OSError):
                    while True:
                        file.write(b"\0" * size)

    def free(self):
        self.ballast.unlink(missing_ok=True)

    def is_full(self):
        left = os.statvfs(self.place)
        return left.f_bavail == 0


@contextlib.contextmanager
def small_disk(place):
    """Yields the Disk at the place, or None where nothing can be mounted: it is then a folder like any other."""
    place.mkdir()
    asked = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if os.geteuid() or subprocess.run(asked, capture_output=True).returncode:
        yield None
        return
    try:
        yield Disk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)

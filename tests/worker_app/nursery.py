"""Workers without the seconds that Python needs to start: for tests that kill many. One line in, one process group out.

The house is read once; each worker is a fork of it, in a group of its own, and begins as `insteg worker` does.
"""

import os
import signal
import sys


def main():
    import django

    django.setup()
    from insteg.core.jobs import work

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need no burying
    for _line in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            print(os.getpid(), flush=True)  # told by the child itself: who hears it may kill the group at once
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            work()
            os._exit(0)


if __name__ == "__main__":
    main()

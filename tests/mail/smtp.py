"""A real little mail server on a port of its own, in the mood that a test wants. It counts what it has taken."""

import re
import socketserver
import threading
import time
from contextlib import contextmanager


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    block_on_close = False

    def __init__(self, mood="kind", slow=0.0):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood, self.slow, self.lock = mood, slow, threading.Lock()
        self.taken, self.times = [], []  # (to, text) of each letter, and when
        self.calls = 0

    def handle_error(self, request, client_address):
        """A worker that dies in the midst of a letter is what some tests are about."""

    @property
    def port(self):
        return self.server_address[1]


class Conversation(socketserver.StreamRequestHandler):
    """Moods: kind, refuses (5xx for every recipient), busy (4xx for every recipient), hangs (says nothing), drops
    (hangs up in the middle of a letter), hangs on NAME, busy for NAME (only for that recipient), closed (says no when
    called), gone (hangs up when called), swallows (takes a letter and hangs up), silent (takes a letter and says
    nothing), babbles (takes one and answers what nobody can read), rude (takes one and babbles at the farewell)."""

    def says(self, words):
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self):
        server, to = self.server, ""
        with server.lock:
            server.calls += 1
        if server.mood == "gone":
            return
        if server.mood == "hangs":
            time.sleep(60)
        self.says("554 go away" if server.mood == "closed" else "220 staden.example")
        for line in self.rfile:
            word = line.decode().strip().upper()
            if word.startswith("RCPT"):
                to = re.search(r"<(.*?)>", line.decode())[1]
                if server.mood == f"hangs on {to}":
                    time.sleep(60)
                self.says(self.word_on(to))
            elif word == "DATA":
                self.says("354 go on")
                if server.mood == "drops":
                    return
                if not self.takes(to):
                    return
            elif word == "QUIT":
                self.says("x" * 9_000 if server.mood == "rude" else "221 bye")
                return
            else:
                self.says("250 ok")

    def word_on(self, to):
        if self.server.mood in ("busy", f"busy for {to}"):
            return "450 not now"
        return "550 no such mailbox" if self.server.mood == "refuses" else "250 ok"

    def takes(self, to):
        """Reads the letter to its end, counts it, and answers a little later: a worker may be killed in between."""
        text = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            text += line
        else:
            return False  # the worker died before the letter was whole
        with self.server.lock:
            self.server.taken.append((to, text.decode()))
            self.server.times.append(time.monotonic())
        time.sleep(self.server.slow)
        if self.server.mood == "swallows":
            return False
        if self.server.mood == "silent":
            time.sleep(60)
        self.says("what?" if self.server.mood == "babbles" else "250 taken")
        return True


@contextmanager
def serving(mood="kind", slow=0.0):
    with Server(mood, slow) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()

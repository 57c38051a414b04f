"""A small TCP proxy between the product and PostgreSQL, which can lose a COMMIT or the answer to it.

PostgreSQL's protocol, as far as it is read here: after the first packet each message is a letter, its length in four
bytes, and its content. A question is `Q`, or `P` when it is parsed before it is run, as psycopg's COMMIT is.
"""

import contextlib
import socket
import struct
import threading

KIND = "whole"  # passes everything
BEFORE, AFTER = "before", "after"  # the COMMIT is lost before it comes there; or its answer is


FORMS = b'INSERT INTO "audit_entry"'  # what people do is written in the log; the worker's own rounds are not


class Proxy:
    """`strike(BEFORE)` or `strike(AFTER)` befalls the next COMMITs of what people send. `struck` counts them."""

    def __init__(self, to):
        self.to, self.mood, self.times, self.struck = to, KIND, 0, 0
        self.lock, self.open = threading.Lock(), set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=100)
        self.port = self.listener.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listener.close()
        self.drop_all()

    def strike(self, mood, times=1):
        with self.lock:
            self.mood, self.times = mood, times

    def drop_all(self):
        """Hangs up on everyone, as a firewall does that was restarted."""
        for each in [*self.open]:
            hang_up(each)

    def accept(self):
        with contextlib.suppress(OSError):  # closed
            while True:
                inner, _ = self.listener.accept()
                inner.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                outer = socket.socket(socket.AF_UNIX)
                try:
                    outer.connect(self.to)
                except OSError:  # no database: refused, as it would be without a proxy
                    inner.close()
                    continue
                Connection(self, inner, outer).begin()

    def strikes(self):
        """The mood that befalls this COMMIT."""
        with self.lock:
            if self.times <= 0:
                return KIND
            self.times -= 1
            self.struck += 1
            return self.mood


class Connection:
    def __init__(self, proxy, inner, outer):
        self.proxy, self.inner, self.outer, self.losing = proxy, inner, outer, False
        self.of_a_form = False  # the transaction at hand

    def begin(self):
        self.proxy.open |= {self.inner, self.outer}
        threading.Thread(target=self.questions, daemon=True).start()
        threading.Thread(target=self.answers, daemon=True).start()

    def questions(self):
        rest, started = b"", False
        with self.until_it_breaks():
            while data := self.inner.recv(65_536):
                rest += data
                started, rest, messages = split(started, rest)
                mood = KIND
                for message in messages:
                    mood = self.judged(message)
                if mood == BEFORE:
                    return
                self.losing = mood == AFTER
                self.outer.sendall(data)

    def judged(self, message):
        if says(message, b"BEGIN"):
            self.of_a_form = False
        self.of_a_form = self.of_a_form or FORMS in message
        return self.proxy.strikes() if self.of_a_form and says(message, b"COMMIT") else KIND

    def answers(self):
        with self.until_it_breaks():
            while data := self.outer.recv(65_536):
                if self.losing:  # PostgreSQL has answered, so it is committed
                    return
                self.inner.sendall(data)

    @contextlib.contextmanager
    def until_it_breaks(self):
        try:
            yield
        except OSError:
            pass
        finally:
            for each in (self.inner, self.outer):
                hang_up(each)
                self.proxy.open.discard(each)


def split(started, data):
    """Whether the first packet has passed, what is left of a broken message, and the whole messages."""
    messages = []
    if not started and len(data) >= 4:
        length = struct.unpack("!i", data[:4])[0]
        if len(data) < length:
            return False, data, []
        data = data[length:]
        if length != 8:  # 8: an offer to encrypt, answered with a letter; the first packet comes after it
            started = True
    while started and len(data) >= 5:
        length = 1 + struct.unpack("!i", data[1:5])[0]
        if len(data) < length:
            break
        messages.append(data[:length])
        data = data[length:]
    return started, data, messages


def says(message, word):
    """Whether a question begins so: a simple one, or one that is first parsed, which has a name before its words."""
    kind, content = message[:1], message[5:]
    words = content if kind == b"Q" else content.partition(b"\0")[2] if kind == b"P" else b""
    return words.upper().startswith(word)


def hang_up(connection):
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        connection.close()

"""What is said to the mail server, and which of its answers are about the letter and which about the server itself."""

import contextlib
import smtplib

from django.core.mail.backends.smtp import EmailBackend

CLOSING = 421  # said of the server itself, whatever it was asked


class Unanswered(OSError):
    """The whole letter was handed over and no answer came, or none that can be read: it may have been taken, or not."""


class HandsOver(smtplib.SMTP):
    """Knows when a whole letter has been handed over: from then on silence is no proof that it was not taken."""

    handed_over = False

    def data(self, msg: bytes | str) -> tuple[int, bytes]:
        self.handed_over = False
        try:
            code, words = super().data(msg)
        except OSError as error:
            if self.handed_over:
                raise Unanswered(f"{type(error).__name__}: {error}") from error
            raise
        if not 200 <= code < 600:
            raise Unanswered(f"{code} {words!r}")
        return code, words

    def send(self, s: bytes | str) -> None:
        super().send(s)
        self.handed_over = isinstance(s, bytes) and s.endswith(b"\r\n.\r\n")  # how a letter ends; commands are text


class HandsOverSealed(HandsOver, smtplib.SMTP_SSL):
    pass


class Backend(EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return HandsOverSealed if self.use_ssl else HandsOver

    def _close_connection(self, connection: smtplib.SMTP) -> None:
        """The letter is taken or not by now: whatever is said at the farewell, it must not count as a failure."""
        with contextlib.suppress(OSError):
            connection.quit()
        connection.close()


def is_refusal(error: Exception) -> bool:
    """Whether it is about the letter, for good: the recipient or the text is refused, or it could not be written.

    What the server says as it is called, or of the sender, it says of every letter: then the server is away.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, smtplib.SMTPNotSupportedError) or not isinstance(error, OSError)


def is_not_now(error: Exception) -> bool:
    """Whether it is about the letter, for now: a mailbox that is full, or a server that wants it sent again later."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _words in error.recipients.values()]
    elif isinstance(error, smtplib.SMTPDataError):
        codes = [error.smtp_code]
    else:
        return False
    return all(code != CLOSING for code in codes) and not is_refusal(error)

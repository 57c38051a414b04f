"""What every answer of the product carries, beside what Django's and django-csp's own middleware write."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseFileResponse

# What a page may ask of the device: nothing but the keys of sign-in. One that is not listed here is off by itself
# only in a frame of another's.
OFF = (
    "accelerometer", "autoplay", "bluetooth", "camera", "display-capture", "encrypted-media", "fullscreen",
    "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # fmt: skip
OURS_ALONE = ("publickey-credentials-create", "publickey-credentials-get")
POLICY = ", ".join([*(f"{name}=()" for name in OFF), *(f"{name}=(self)" for name in OURS_ALONE)])


class AnswerMiddleware:
    """Stands outermost, so that what the others refuse or stumble on carries it too.

    Nothing may be kept by a browser or on the way: nearly every page says who has signed in, and what is kept outlives
    both the session and the right. Only the static files may, which are the same to everyone (docs/adr/0017).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        headers = response.headers
        headers["Permissions-Policy"] = POLICY
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if isinstance(response, WhiteNoiseFileResponse):
            return response
        headers["Cache-Control"] = "private, no-store"
        if "Expires" in headers:  # never_cache's, for caches older than no-store: one word is clearer than two
            del headers["Expires"]
        kind = headers.get("Content-Type", "")
        if kind.startswith("text/") and "charset" not in kind:
            headers["Content-Type"] = f"{kind}; charset=utf-8"
        return response

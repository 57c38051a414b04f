"""Answers that hand out a file."""

import re

from django.http import HttpResponse
from django.utils.http import content_disposition_header

NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


def attachment(data: bytes, name: str, content_type: str) -> HttpResponse:
    """A file to save, never to be shown as a page of ours, whatever it holds; and kept by no cache on the way."""
    safe = NOT_IN_A_NAME.sub("_", name).strip(" .")[-200:] or "fil"
    return HttpResponse(
        data,
        content_type=content_type,
        headers={
            "Content-Disposition": content_disposition_header(True, safe),
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )

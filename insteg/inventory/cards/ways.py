"""Addresses that several cards lead to."""

from uuid import UUID

from django.urls import reverse

ANSWERING = "fragade"  # in the address: the form leads on to the next that waits for an answer


def way_to(key: UUID) -> str:
    """Where one answers what a planned procurement is asked about."""
    return f"{reverse('inventory:change', args=[key])}?{ANSWERING}=1"

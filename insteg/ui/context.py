from django.conf import settings
from django.http import HttpRequest


def city(request: HttpRequest) -> dict[str, object]:
    """`city`: the name in the page's header, from CITY_NAME."""
    return {"city": settings.CITY_NAME}

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "insteg.config.settings.prod")
application = get_wsgi_application()

from insteg.config.starting import settle  # noqa: E402  the settings must be read first
from insteg.organisations.checks import refuse_the_example_city  # noqa: E402

refuse_the_example_city()
settle()

"""What is done once as a web server starts, so that no visitor waits for it."""

import gc

from django.apps import apps
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver


def settle() -> None:
    """Reads in every view and every page, and takes what is then in memory out of what Python tidies.

    All of it stays for as long as the server runs: some two hundred thousand objects. Otherwise Python goes through
    them again at every full tidying, which about every ninth visitor of a heavy page had to wait 0.1 s for.
    """
    _ = get_resolver().reverse_dict  # reads the addresses and with them the views
    own = [config.path for config in apps.get_app_configs() if config.name.startswith("insteg.")]
    for folder in get_app_template_dirs("templates"):
        if str(folder.parent) in own:
            for path in sorted(folder.rglob("*.html")):
                get_template(path.relative_to(folder).as_posix())
    gc.collect()
    gc.freeze()

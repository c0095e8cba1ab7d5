"""The site as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

OBJECTS = 50_000
"""So many new objects that hold others before Python looks for circles among them: some eight of the largest pages.

With its own 700 it looked nine times while one such page was made, each time at rows and cells still needed: a
tenth of what the page took. What stands in no circle goes at once as ever.
"""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdoor.config.settings")
application = get_wsgi_application()
gc.collect()
gc.freeze()  # what was loaded stays for as long as the process
gc.set_threshold(OBJECTS)

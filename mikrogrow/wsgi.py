"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

from mikrogrow.database.health import watch_triggers
from mikrogrow.database.writing import limit_waiting

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mikrogrow.settings")

application = get_wsgi_application()
connection_created.connect(limit_waiting, dispatch_uid="mikrogrow.wsgi")
watch_triggers()

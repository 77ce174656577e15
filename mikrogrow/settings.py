"""Settings. A city sets environment variables; without any, this runs on one machine with SQLite."""

import sqlite3
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from mikrogrow.environment import database_at, env, words
from mikrogrow.secret import secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("MIKROGROW_VAR", default=str(BASE_DIR / "var"))).resolve()
# Readable by its owner only: it holds the secret key and, unless DATABASE_URL says otherwise, the database.
VAR_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = words("CSRF_TRUSTED_ORIGINS", [])

# Off by default: the demonstration runs on plain HTTP.
HTTPS = env.bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Only the city's own proxy may say who asks, and by which protocol.
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"

INSTALLED_APPS = [
    "mikrogrow.apps.MikrogrowAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "simple_history",
    "projects.apps.ProjectsConfig",
    "financing.apps.FinancingConfig",
    "groups.apps.GroupsConfig",
    "mikrogrow.apps.MikrogrowConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "mikrogrow.web.middleware.SafetyHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mikrogrow.web.middleware.LoginRequiredMiddleware",
    "mikrogrow.web.sessions.PutOffSessionMiddleware",
    "mikrogrow.web.kept_forms.KeptFormMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mikrogrow.web.login_goal.LoginGoalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mikrogrow.web.middleware.BusyMiddleware",
    "projects.pages.middleware.SummaryMiddleware",
    "projects.pages.middleware.ProjectFaultMiddleware",
]

ROOT_URLCONF = "mikrogrow.urls"
WSGI_APPLICATION = "mikrogrow.wsgi.application"
CSRF_FAILURE_VIEW = "mikrogrow.web.views.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "mikrogrow.web.template_loader.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "projects.context_processors.site",
                "mikrogrow.web.sessions.session_end",
            ],
            "builtins": ["mikrogrow.templatetags.figures"],
            "libraries": {"i18n": "mikrogrow.web.translate_tag"},
        },
    },
]
# Ours are Django's own i18n tags, of which one is quicker (mikrogrow/web/translate_tag.py).
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{quote(str(VAR_DIR / 'mikrogrow.sqlite3'))}")
DATABASES = {
    "default": {
        # Each thread keeps its connection for up to a minute, so most requests need not open one.
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        **database_at(DATABASE_URL),
    }
}
# PostgreSQL on a socket of this machine: postgres://%2Fvar%2Frun%2Fpostgresql/database
socket = urlsplit(DATABASE_URL).netloc.rpartition("@")[2].partition(":")[0]
if socket.lower().startswith("%2f"):
    DATABASES["default"]["HOST"] = unquote(socket)
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "mikrogrow.database.postgresql"
    DATABASES["default"]["OPTIONS"] = {
        # A server that does not answer is an error soon, not a page that loads for ever.
        "connect_timeout": 5,
        # So is one whose machine is gone, to commands too: what is sent must be acknowledged.
        "tcp_user_timeout": 30_000,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        **DATABASES["default"].get("OPTIONS", {}),
    }
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Before 3.51.3 a WAL file written from several connections can, rarely, be corrupted.
    journal = "WAL" if sqlite3.sqlite_version_info >= (3, 51, 3) else "DELETE"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTHENTICATION_BACKENDS = [
    "mikrogrow.web.login_throttle.ThrottleBackend",
    "mikrogrow.web.role_backend.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "portfolio"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "mikrogrow.web.sessions"
# A session ends when nobody has used it for so long, and at the latest so long after the login.
SESSION_COOKIE_AGE = 60 * env.int("SESSION_IDLE_MINUTES", default=8 * 60)
SESSION_LONGEST_AGE = 60 * 60 * env.int("SESSION_LONGEST_HOURS", default=24)
if SESSION_COOKIE_AGE < 5 * 60 or SESSION_LONGEST_AGE < 60 * 60:
    raise ImproperlyConfigured(
        "SESSION_IDLE_MINUTES must be at least 5, and SESSION_LONGEST_HOURS at least 1"
    )
SESSION_SAVE_EVERY_REQUEST = False

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", "suomi")]
LOCALE_PATHS = [BASE_DIR / "mikrogrow" / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = True
USE_TZ = True
# Off on purpose: it would print the year 2017 as "2 017". Amounts are formatted in mikrogrow/values/money.py.
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["mikrogrow.formats"]

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
# Uploaded files are never served from here: a view checks first who may see them.
MEDIA_ROOT = Path(env.str("MIKROGROW_FILES", default=str(VAR_DIR / "files")))
# A plan's form has a field for each year of each row: Django's 1 000 are soon full.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_PERMISSIONS = 0o600
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

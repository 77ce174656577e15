"""Backs up database and files together, and restores both where nothing is yet."""

from pathlib import Path
from secrets import token_hex

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

from mikrogrow.management.backups import databases
from mikrogrow.management.backups.copying import copy_file, files_below, hash_of, is_empty, remove, sync
from mikrogrow.management.backups.manifest import (
    DATABASE_NAMES,
    FILES,
    BackupError,
    Manifest,
    check_files,
    commit,
    read_manifest,
    version,
)


def make_backup(target: Path) -> Manifest:
    """Written aside and renamed, so that half a backup never has its name."""
    if target.exists():
        raise BackupError(_("%(path)s on jo olemassa. Anna kansio, jota ei vielä ole.") % {"path": target})
    if Path(settings.MEDIA_ROOT).resolve() in target.resolve().parents:
        raise BackupError(
            _("%(path)s on kansiossa, joka varmuuskopioidaan. Anna muu kansio.") % {"path": target}
        )
    aside = target.with_name(f".{target.name}.{token_hex(4)}.part")
    aside.mkdir(mode=0o700, parents=True)
    try:
        manifest = _write(aside)
        aside.rename(target)
        sync(target.parent)
    finally:
        remove(aside)
    return manifest


def _write(folder: Path) -> Manifest:
    name = DATABASE_NAMES[connection.vendor]
    migrations = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    databases.dump(folder / name)
    # After the database: each row finds its file, because a file is stored before its row and never deleted.
    root = Path(settings.MEDIA_ROOT)
    copied = {
        f"{FILES}/{stored}": copy_file(root / stored, folder / FILES / stored) for stored in files_below(root)
    }
    manifest = Manifest(
        database=connection.vendor,
        made_at=timezone.now().isoformat(timespec="seconds"),
        version=version(),
        commit=commit(),
        migrations=migrations,
        files={name: hash_of(folder / name), **copied},
    )
    manifest.write(folder)
    sync(folder)
    return manifest


def restore_backup(source: Path) -> Manifest:
    """The database last, so that half a restored backup has no project in it."""
    manifest = read_manifest(source)
    _check_fits(manifest)
    check_files(source, manifest)
    _check_empty()
    root = Path(settings.MEDIA_ROOT)
    for name, digest in manifest.stored_files():
        if copy_file(source / FILES / name, root / name) != digest:
            raise BackupError(_("Tiedosto %(name)s muuttui, kun sitä kopioitiin.") % {"name": name})
    name = DATABASE_NAMES[manifest.database]
    databases.load(source / name, manifest.files[name])
    return manifest


def _check_fits(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise BackupError(
            _(
                "Varmuuskopion tietokanta on %(theirs)s, mutta DATABASE_URL tarkoittaa tietokantaa %(ours)s. "
                "Palauta samanlaiseen tietokantaan."
            )
            % {"theirs": manifest.database, "ours": connection.vendor}
        )
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise BackupError(
            _(
                "Varmuuskopio on tehty uudemmalla sovelluksella (%(version)s). Ota se käyttöön ja palauta "
                "uudelleen. Tuntemattomat migraatiot: %(names)s."
            )
            % {"version": manifest.commit or manifest.version, "names": ", ".join(unknown)}
        )


def _check_empty() -> None:
    if not databases.is_empty():
        raise BackupError(
            _("Tietokannassa on jo tietoja. Varmuuskopio palautetaan vain tyhjään tietokantaan.")
        )
    if not is_empty(Path(settings.MEDIA_ROOT)):
        raise BackupError(
            _("Kansiossa %(folder)s on jo tiedostoja. Varmuuskopio palautetaan vain tyhjään kansioon.")
            % {"folder": settings.MEDIA_ROOT}
        )

"""Migrations: none is missing, and none does what cannot be undone or would stop the release before it."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

SQUAWK = Path(sys.executable).with_name("squawk")
# Taste: numbers and texts have the sizes that the models say. Time-outs are set by `./frontdoor migrate`.
TASTE = ("prefer-text-field", "prefer-bigint-over-int", "prefer-bigint-over-smallint")
TIMEOUTS = ("require-lock-timeout", "require-statement-timeout")
# What locks or refuses rows that are there already; before release 1.0 nobody has any. To be taken out with it.
FULL_TABLES = (
    "adding-foreign-key-constraint",
    "constraint-missing-not-valid",
    "disallowed-unique-constraint",
    "require-concurrent-index-creation",
    "require-concurrent-index-deletion",
    "adding-required-field",
    "ban-drop-default",
    "ban-drop-not-null",
    "ban-drop-constraint",
)


def _ours():
    loader = MigrationLoader(None, ignore_no_migrations=True)
    rooms = {app.label for app in apps.get_app_configs() if app.name.startswith("frontdoor.")}
    return sorted(key for key in loader.disk_migrations if key[0] in rooms)


def test_no_model_changed_without_a_migration(db):
    said = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_no_migration_does_what_squawk_warns_of(db, tmp_path):
    for app, migration in _ours():
        with (tmp_path / f"{app}_{migration}.sql").open("w") as file:
            call_command("sqlmigrate", app, migration, stdout=file)
    excluded = ",".join((*TASTE, *TIMEOUTS, *FULL_TABLES))
    command = [SQUAWK, "--pg-version=16", f"--exclude={excluded}"]
    files = sorted(tmp_path.glob("*.sql"))
    assert files
    done = subprocess.run([*command, *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr

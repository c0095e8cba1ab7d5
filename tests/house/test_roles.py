"""The database roles hold what the policies build on: the application owns nothing and inherits nothing."""

import os
import subprocess
import sys
import urllib.request

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from procrastinate.contrib.django import app

from frontdoor.access.rules import Kind, address

WHO = "SELECT current_user, session_user"


def _one(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone()


@address(Kind.NONE)
def _plain(request):
    return HttpResponse(" ".join(_one(WHO)))


@address(Kind.PORTAL)
def _portal(request):
    return HttpResponse(" ".join(_one(WHO)))


urlpatterns = [path("who/", _plain), path("report/who/", _portal)]


@pytest.fixture
def asked(site):
    """Asks a page of the live site who it is to the database."""
    with override_settings(ROOT_URLCONF=__name__):
        yield lambda where: urllib.request.urlopen(site + where, timeout=10).read().decode().split()


@pytest.mark.parametrize("role", ["frontdoor_app", "frontdoor_owner", "frontdoor_portal", "frontdoor_search"])
def test_no_role_of_ours_passes_by_the_policies(db, role):
    assert _one("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", role) == (False, False)


def test_only_the_backup_reads_past_the_policies_and_writes_nothing(db):
    assert _one("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = 'frontdoor_backup'") == (False, True)
    assert _one("SELECT pg_has_role('frontdoor_backup', 'pg_write_all_data', 'MEMBER')") == (False,)


def test_the_application_takes_the_portals_role_and_does_not_inherit_it(db):
    assert _one("SELECT pg_has_role('frontdoor_app', 'frontdoor_portal', 'USAGE')") == (False,)
    assert _one("SELECT pg_has_role('frontdoor_app', 'frontdoor_portal', 'SET')") == (True,)


def test_the_application_is_not_the_owner_nor_can_become_it(db):
    assert _one("SELECT pg_has_role('frontdoor_app', 'frontdoor_owner', 'MEMBER')") == (False,)
    assert _one("SELECT count(*) FROM pg_class WHERE relowner = 'frontdoor_app'::regrole") == (0,)


def test_nobody_else_may_enter_the_database_or_make_tables_in_it(db):
    assert _one("SELECT has_database_privilege('frontdoor_search', current_database(), 'CONNECT')") == (False,)
    assert _one("SELECT has_schema_privilege('frontdoor_app', 'public', 'CREATE')") == (False,)
    assert _one("SELECT has_database_privilege('frontdoor_app', current_database(), 'TEMP')") == (False,)


def test_a_test_acts_as_the_application(db):
    assert _one(WHO) == ("frontdoor_app", "frontdoor_app")


def test_a_page_acts_as_the_application_and_the_portal_as_itself(asked):
    assert asked("/who/") == ["frontdoor_app", "frontdoor_app"]
    assert asked("/report/who/") == ["frontdoor_portal", "frontdoor_app"]
    assert asked("/who/") == ["frontdoor_app", "frontdoor_app"]


def test_a_job_acts_as_the_application(run_jobs):
    said = []
    task = app.task(name="house.who")(lambda: said.append(_one(WHO)))
    try:
        task.defer()
        run_jobs()
    finally:
        del app.tasks["house.who"]
    assert said == [("frontdoor_app", "frontdoor_app")]


def test_a_command_acts_as_the_application(own_database):
    question = f"from django.db import connection as c; x = c.cursor(); x.execute('{WHO}'); print(*x.fetchone())"
    command = [sys.executable, "-m", "frontdoor", "django", "shell", "--no-imports", "-c", question]
    answer = subprocess.run(command, env=os.environ | {"PYTHONPATH": "src"}, capture_output=True, text=True, check=True)
    assert answer.stdout.split() == ["frontdoor_app", "frontdoor_app"]

"""Where `./frontdoor test` finds its browser, or what it says when it cannot."""

import os
import shutil

import pytest

from frontdoor.config.commands import test as verb


@pytest.fixture
def machine(monkeypatch):
    """A machine without a browser; notes what is fetched, and what fetching brings can be set."""
    there, asked = set(), []

    def fetch(*command):
        asked.append(command)
        there.update(machine.brings)
        return machine.works

    def machine():
        return [" ".join(command) for command in asked]

    machine.there, machine.brings, machine.works = there, set(), True
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}" if name in there else None)
    monkeypatch.setattr(verb, "_fetch", fetch)
    return machine


def test_what_is_there_is_used_and_nothing_is_fetched(machine):
    machine.there.add("chromium")
    verb._browser()
    assert not machine()


def test_root_on_debian_installs_it_by_apt(machine, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    machine.there.add("apt-get")
    machine.brings = {"chromium"}
    verb._browser()
    assert machine()[-1].startswith("apt-get install")


def test_somebody_else_has_it_fetched_by_playwright(machine, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.there.add("apt-get")
    verb._browser()
    assert [command.partition(" -m ")[2] for command in machine()] == ["playwright install chromium"]


@pytest.mark.parametrize("uid", [0, 1000])
def test_where_none_can_be_had_it_stops_with_the_one_line_that_installs_it(machine, monkeypatch, uid):
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    machine.there.add("apt-get")
    machine.works = False
    with pytest.raises(SystemExit, match="apt install chromium"):
        verb._browser()

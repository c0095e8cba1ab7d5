"""The long lists that systems page through: services, and services at their places, each page by itself."""

from frontdoor.actors.queries import OWN, rows_within, within
from frontdoor.actors.rules import Actor
from frontdoor.directory.models import Service, ServiceAtLocation
from frontdoor.directory.queries.publishing import flat
from frontdoor.directory.queries.searching import where
from frontdoor.directory.rules.asking import Cut, Sheet, Wanted


def services(wanted: Wanted, cut: Cut, *, by: Actor) -> Sheet:
    """Services that fit, in the order of their identifiers, so that no page holds what another holds.

    The numbers of a page are found in an index; only its own rows are read.
    """
    said = where(wanted, by=by)
    text = said.text()
    ((total,),) = rows_within(by, f"SELECT count(*) FROM {text}", **said.values)  # noqa: S608 (constants alone)
    page = f"SELECT s.id FROM {text} ORDER BY s.feed_id LIMIT %(most)s OFFSET %(skip)s"  # noqa: S608 (likewise)
    numbers = [number for (number,) in rows_within(by, page, **said.values, most=cut.size, skip=cut.skip)]
    rows = within(by, Service.objects.filter(pk__in=numbers).select_related("organization")).order_by("feed_id")
    return Sheet(total, cut, [flat(row) for row in rows])


def at_locations(wanted: Wanted, cut: Cut, *, by: Actor) -> Sheet:
    """Services at places that fit, in the order of their identifiers; near a postcode, of near services."""
    said = where(wanted, by=by)
    text = f"directory_serviceatlocation p JOIN (SELECT s.id FROM {said.text()}) s ON s.id = p.service_id WHERE p.{OWN}"  # noqa: S608
    ((total,),) = rows_within(by, f"SELECT count(*) FROM {text}", **said.values)  # noqa: S608 (constants alone)
    page = f"SELECT p.id FROM {text} ORDER BY p.feed_id LIMIT %(most)s OFFSET %(skip)s"  # noqa: S608 (likewise)
    numbers = [number for (number,) in rows_within(by, page, **said.values, most=cut.size, skip=cut.skip)]
    rows = within(by, ServiceAtLocation.objects.filter(pk__in=numbers).select_related("location")).order_by("feed_id")
    return Sheet(
        total, cut,
        [
            {**row.said, "location": {key: value for key, value in row.location.said.items() if key != "attributes"}}
            for row in rows
        ],
    )  # fmt: skip

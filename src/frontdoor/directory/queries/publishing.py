"""What the directory gives out: services, places and terms as Open Referral UK lays them down, a page at a time."""

from typing import Any
from uuid import UUID

from frontdoor.actors.queries import within
from frontdoor.actors.rules import Actor, NotFound
from frontdoor.directory.models import Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from frontdoor.directory.rules.asking import Cut, Sheet
from frontdoor.directory.rules.laying import laid_over

Said = dict[str, Any]


def nested(service: Service, *, by: Actor, corrected: bool = True) -> Said:
    """A service with everything in it, as its feed said it; what was corrected here lies over it.

    :param corrected: False for the feed's own words alone
    """
    said = dict(service.said)
    if service.organization is not None:
        said["organization"] = service.organization.said
    places = [
        {**row.said, "location": row.location.said}
        for row in within(by, ServiceAtLocation.objects.filter(service=service))
        .select_related("location")
        .order_by("pk")
    ]
    if places:
        said["service_at_locations"] = places
    return laid_over(said, service.over) if corrected else said


def flat(service: Service) -> Said:
    """What stands once in a service, without its lists: an entry of a list."""
    said = {name: value for name, value in laid_over(service.said, service.over).items() if not isinstance(value, list)}
    if service.organization is not None:
        said["organization"] = _scalars(service.organization.said)
    return said


def _scalars(said: Said) -> Said:
    return {name: value for name, value in said.items() if not isinstance(value, list)}


def service(feed_id: UUID, *, by: Actor) -> tuple[Service, Said]:
    """One service with everything in it, and its row.

    :raises NotFound: the public is not shown one of this identifier
    """
    row = within(by, Service.objects.filter(feed_id=feed_id, public=True).select_related("organization")).first()
    if row is None:
        raise NotFound
    return row, nested(row, by=by)


def taxonomies(cut: Cut, *, by: Actor) -> Sheet:
    """The taxonomies, one page of them."""
    rows = within(by, Taxonomy.objects.all()).order_by("feed_id")
    return Sheet(rows.count(), cut, [row.said for row in rows[cut.skip : cut.skip + cut.size]])


def taxonomy(feed_id: UUID, *, by: Actor) -> Said:
    """One taxonomy with its terms.

    :raises NotFound: there is none
    """
    row = within(by, Taxonomy.objects.filter(feed_id=feed_id)).first()
    if row is None:
        raise NotFound
    terms = within(by, TaxonomyTerm.objects.filter(taxonomy=row)).order_by("name", "pk")
    return {**row.said, "taxonomy_terms": [each.said for each in terms]}


def terms(cut: Cut, *, by: Actor) -> Sheet:
    """The terms of every taxonomy, one page of them."""
    rows = within(by, TaxonomyTerm.objects.all()).order_by("feed_id")
    return Sheet(rows.count(), cut, [row.said for row in rows[cut.skip : cut.skip + cut.size]])


def term(feed_id: UUID, *, by: Actor) -> Said:
    """One term.

    :raises NotFound: there is none
    """
    row = within(by, TaxonomyTerm.objects.filter(feed_id=feed_id)).first()
    if row is None:
        raise NotFound
    said: Said = row.said
    return said


def at_location(feed_id: UUID, *, by: Actor) -> Said:
    """A service at a place, with the place.

    :raises NotFound: there is none, or the public is not shown its service
    """
    rows = within(by, ServiceAtLocation.objects.filter(feed_id=feed_id, service__public=True))
    row = rows.select_related("location").first()
    if row is None:
        raise NotFound
    return {**row.said, "location": row.location.said}

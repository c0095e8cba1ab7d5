"""The lines of the reviewed table (`routes.py`) for the directory of services: open data, which leaves no entries."""

from frontdoor.actors.rules import Permission as P  # noqa: N817 (a table of lines)
from tests.separation.routing import Route, council, portal

DIRECTORY: dict[str, Route] = {
    "directory:services": council(None),
    "directory:service": council(None, key="service"),
    "directory:correct": council(P.DIRECTORY_KEEP, key="service"),
    "directory:keep": council(P.DIRECTORY_KEEP),
    "directory:new-source": council(P.DIRECTORY_KEEP),
    "directory:source": council(P.DIRECTORY_KEEP, key="service-source"),
    "directory:bring-file": council(P.DIRECTORY_KEEP, key="service-source", get=405),
    "directory:read-now": council(P.DIRECTORY_KEEP, key="service-source", get=405),
    "directory:stop-source": council(P.DIRECTORY_KEEP, key="service-source", get=405),
    "directory:reading": council(P.DIRECTORY_KEEP, key="service-reading"),
    "directory:findings": council(P.DIRECTORY_KEEP, key="service-reading"),
    "directory:apply": council(P.DIRECTORY_KEEP, key="service-reading", get=405),
    "directory:drop": council(P.DIRECTORY_KEEP, key="service-reading", get=405),
    "directory:corrections": council(P.DIRECTORY_KEEP),
    "directory:correction": council(P.DIRECTORY_KEEP, key="service-correction"),
    "directory:undo-correction": council(P.DIRECTORY_KEEP, key="service-correction", get=405),
    "directory:keep-correction": council(P.DIRECTORY_KEEP, key="service-correction", get=405),
    "directory:old": council(P.DIRECTORY_KEEP),
    "open:about": portal(),
    "open:services": portal(),
    "open:service": portal(key="service-id"),
    "open:taxonomies": portal(),
    "open:taxonomy": portal(key="service-taxonomy"),
    "open:terms": portal(),
    "open:term": portal(key="service-term"),
    "open:at-locations": portal(),
    "open:at-location": portal(key="service-place"),
    "portal:services-where": portal(),
    "portal:services": portal(),
    "portal:service": portal(key="service"),
}

"""Where a command stands: on the database that the environment names, else on the demonstration's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from frontdoor.config.cluster import Cluster, ClusterError


@contextmanager
def connected() -> Iterator[None]:
    """Give the block a database: FRONTDOOR_DATABASE_URL, or the demonstration's cluster where `demo` was run before.

    :raises ClusterError: there is neither. An embedded database is never made by accident where one's own was meant
    """
    if os.environ.get("FRONTDOOR_DATABASE_URL") or os.environ.get("FRONTDOOR_DATABASE_URL_FILE"):
        yield
        return
    cluster = Cluster("demo")
    if not cluster.data.exists():
        raise ClusterError("FRONTDOOR_DATABASE_URL is not set, and ./frontdoor demo was not run here yet.")
    with cluster.used():
        os.environ |= cluster.environment() | {"FRONTDOOR_DEMO": "1"}
        yield

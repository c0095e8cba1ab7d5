"""A run that brought people in, with a row that was refused; `planting` takes it in at its end."""

from typing import Any

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import BRINGER
from tests.separation import planted_services  # noqa: F401  (the directory is brought in as well)
from tests.separation.planting import Ground, plants, token


@plants("brought")
def brought(ground: Ground) -> Any:
    """A run and one refused row; whoever wrote the table may have put anything into a number or a reason."""
    from frontdoor.people.models import Bringing, RefusedRow

    word = token(ground.council, "case")
    with acting_for(ground.council, by=BRINGER):
        run = Bringing.objects.create(
            authority_id=ground.council, kind="index", state="done", begun_by=word, begun_at=ground.at,
            moved_at=ground.at, ended_at=ground.at, total=1, done=1,
        )  # fmt: skip
        RefusedRow.objects.create(
            authority_id=ground.council, bringing=run, table="ssd_person", line=2, external=word, why=ground.said()
        )
    return run.key

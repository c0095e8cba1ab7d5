"""Sources, readings, services and a correction of a council's directory; `planting` takes it in at its end."""

from typing import Any

from frontdoor.actors.actions import acting_for
from frontdoor.actors.rules import SEEDER
from tests.directory import feeding
from tests.separation.planting import Ground, plants, token


def _name(ground: Ground) -> str:
    """A service is open to everybody: its words may stand on every page."""
    return f"Group of {ground.council}"


@plants("service-source")
def source(ground: Ground) -> Any:
    """A source that comes by file, with one service that was brought in and put right; its feed has changed since."""
    from frontdoor.directory.actions import correcting

    name = _name(ground)
    with acting_for(ground.council, by=SEEDER) as by:
        made = feeding.source(by=by, at=ground.at, name=f"Maker {token(ground.council, 'case')}")
        run = feeding.bring(made, feeding.service(name), by=by, at=ground.at)
        ground.keys["service-reading-applied"] = str(run.key)
    with ground.acting("early_help_officer", of=ground.council) as by:
        service = feeding.standing(name)
        correction = correcting.correct(
            service.key, field="description", value="Ring first", why=ground.said(), seen=service.version, by=by,
            at=ground.at,
        )  # fmt: skip
        ground.keys |= {"service": str(service.key), "service-correction": str(correction.key)}
    with acting_for(ground.council, by=SEEDER) as by:
        feeding.bring(made, feeding.service(name, description="Another"), by=by, at=ground.at)
    ground.keys |= {
        "service-id": feeding.key(name), "service-term": feeding.NEED, "service-taxonomy": feeding.TAXONOMY,
        "service-place": feeding.key(f"at {name} hall"),
    }  # fmt: skip
    return made.key


@plants("service-reading")
def reading(ground: Ground) -> Any:
    """A reading that waits, of another source, with a service that was left out."""
    from frontdoor.directory.actions import reading as readings

    with acting_for(ground.council, by=SEEDER) as by:
        made = feeding.source(by=by, at=ground.at, name=f"Other {token(ground.council, 'case')}")
        body = feeding.body(feeding.service(f"New {_name(ground)}"), {"id": token(ground.council, "case")})
        return readings.try_file(made.key, body, by=by, at=ground.at).key

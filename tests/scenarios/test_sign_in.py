"""The accounts that a demonstration prints let their people in, however long ago they were made."""

from datetime import UTC, datetime, timedelta

from frontdoor.access.models import User
from frontdoor.access.rules import asleep
from frontdoor.actors.rules import SEEDER
from frontdoor.config.demo import organisation
from tests.worlds import World


def test_no_account_is_asleep_however_old_it_is(world: World) -> None:
    now = datetime.now(UTC)
    for council in organisation.SLUGS:
        with world.system(SEEDER, council=council):
            User.objects.filter(email__contains=f"@{organisation.SLUGS[council]}.").update(
                awake_since=now - timedelta(days=700)
            )
    organisation.keep_awake(at=now)
    for user in User.objects.all():
        assert not asleep(user.last_login, user.awake_since, at=now), user.email

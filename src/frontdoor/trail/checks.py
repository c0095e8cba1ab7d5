"""Start-up check: without its key the trail is written and not sealed."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

from frontdoor.trail.actions import NoKey, signing_key


@register(Tags.security)
def the_seal_has_its_key(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A warning, not an error: the service receives children's reports also while its seals are being mended."""
    try:
        signing_key(settings.SEAL_KEY_FILE)
    except NoKey as missing:
        return [Warning(str(missing), hint="./frontdoor make_seal_key FILE makes one", id="trail.W001")]
    return []

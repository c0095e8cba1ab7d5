"""`./frontdoor code ROLE`: a present second factor of the demonstration's accounts, and of no other installation."""

import json
import os
import sys
import time

import django

from frontdoor.config.cluster import Cluster


def run(arguments: list[str]) -> int:
    """Print the six digits that hold now for the account of a role, such as `social-worker`."""
    cluster = Cluster("demo")
    accounts = cluster.state / "accounts.json"
    if not accounts.exists():
        print("Front Door: there is no demonstration here; start it with ./frontdoor demo", file=sys.stderr)
        return 1
    by_code = {row["code"]: row["email"] for row in json.loads(accounts.read_text())}
    wanted = arguments[0].lower().replace("_", "-") if arguments else ""
    email = by_code.get(wanted) or (wanted if wanted in by_code.values() else "")
    if not email:
        print("Say one of:\n  " + "\n  ".join(by_code), file=sys.stderr)
        return 2
    with cluster.used():
        os.environ |= cluster.environment() | {"FRONTDOOR_DEMO": "1"}
        print(_present(email))
    return 0


def _present(email: str) -> str:
    """The code of this half minute; it works once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdoor.config.settings")
    django.setup()
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
    from allauth.mfa.utils import decrypt

    kept = Authenticator.objects.get(user__email=email, type=Authenticator.Type.TOTP)
    return str(format_hotp_value(hotp_value(decrypt(kept.data["secret"]), int(time.time()) // 30)))

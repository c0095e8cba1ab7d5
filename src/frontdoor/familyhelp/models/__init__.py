"""What is kept of a family that was taken on."""

from frontdoor.familyhelp.models.team import Practitioner

__all__ = ["Practitioner"]

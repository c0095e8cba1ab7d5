"""The lines of the reviewed table (`routes.py`) for what is done with a family that was taken on.

The family that is planted (`helped-family`) has the lead practitioner of its council in its team.
"""

from tests.separation.routing import Route

FAMILY_HELP: dict[str, Route] = {}

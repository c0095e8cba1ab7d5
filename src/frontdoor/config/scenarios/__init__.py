"""A fortnight and a half of invented arrivals, and who is known before the first: typed, checked, and shifted in time.

`arrivals.jsonl` holds one arrival a line in the order of the instants, `households.json` the people known before,
`wishes.json` families that ask for help for themselves, each so many days before now.
Everybody in them is invented: NHS numbers from the 999 range, telephones from the drama ranges, mail at example.org.
The files are read when they are first asked for.
"""

from frontdoor.config.scenarios.reading import BrokenScenario, arrivals, households, wishes
from frontdoor.config.scenarios.shapes import (
    Adult,
    Agreement,
    Arrival,
    Child,
    Expected,
    Household,
    Households,
    Identity,
    KnownAdult,
    KnownChild,
    Link,
    NeverLink,
    PastEvent,
    PractitionerOutcome,
    Referrer,
    Wish,
)
from frontdoor.config.scenarios.shifting import shifted, shifted_households, weeks_until

__all__ = [
    "Adult",
    "Agreement",
    "Arrival",
    "BrokenScenario",
    "Child",
    "Expected",
    "Household",
    "Households",
    "Identity",
    "KnownAdult",
    "KnownChild",
    "Link",
    "NeverLink",
    "PastEvent",
    "PractitionerOutcome",
    "Referrer",
    "Wish",
    "arrivals",
    "households",
    "shifted",
    "shifted_households",
    "weeks_until",
    "wishes",
]

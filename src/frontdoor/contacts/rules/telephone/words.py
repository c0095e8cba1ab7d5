"""Words that tell a name from what only looks like one."""


def words_of(text: str) -> frozenset[str]:
    """The words of a text, without order."""
    return frozenset(text.split())


NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
)  # fmt: skip
"""Numbers as people say the ages of children."""

TITLES = words_of("mr mrs ms miss dr")
NO_NAMES = words_of(
    """
    a about actually address age aged all also an and another april around as at august autumn because both but by can
    child children christmas could december did do does dob each easter every expecting february for friday from has
    have he her hers him his how i if in is it its january july june just last later lives living march may maybe me
    monday morning my name named nearly next no nobody nor not november nhs now october of off on once one only or our
    out over police pregnant pupil saturday school september she since so some somebody someone spring still summer
    sunday that the their them then there these they this those thursday to today tomorrow tonight tuesday unborn until
    was we wednesday were what when where which while who why winter with year years yes yesterday you your asked ok
    boy girl baby boys girls twins kid kids son daughter student teenager toddler infant newborn brothers sisters
    mother's mum's dad's father's step sounds says said saw two three four five six seven eight nine ten english
    """
)
PLACES = words_of(
    """
    school primary academy infant infants junior secondary college nursery preschool road street close court avenue
    lane drive way crescent gardens house flat park hospital surgery centre center church hotel terrace square place
    grove row hill council team service services station library club north south east west county city
    """
)

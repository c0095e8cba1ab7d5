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
    a about actually address age aged all also an and another april around as asked at august autumn baby
    because born both boy boys brothers but by called can child children christmas could dad's daughter december
    did do dob does due each easter eight english every expecting father's february five for four friday from
    girl girls has have he her hers him his how i if in infant is it its january july june just kid kids last
    later lives living march may maybe me monday morning mother's mum's my name named nearly newborn next nhs
    nine no nobody nor not november now october of off ok on once one only or our out over police pregnant pupil
    said saturday saw says school september seven she since sisters six so some somebody someone son sounds
    spring step still student summer sunday teenager ten that the their them then there these they this those
    three thursday to today toddler tomorrow tonight tuesday twins two unborn until was we wednesday were what
    when where which while who why winter with year years yes yesterday you your
    """
)
PLACES = words_of(
    """
    academy avenue center centre church city close club college council county court crescent drive east flat
    gardens grove hill hospital hotel house infant infants junior lane library north nursery park place
    preschool primary road row school secondary service services south square station street surgery team
    terrace way west
    """
)

"""The kinds of fact that the index keeps, as codes with the words that pages show."""

SOURCE_KINDS = [
    ("contact", "Said in a contact"),
    ("worker", "Written by a worker"),
    ("register", "From a register"),
    ("system", "From the council's case system"),
    ("family", "Said by the family"),
]

BIRTH_BASES = [
    ("known", "Known"),
    ("expected", "Expected"),
    ("estimated", "Estimated"),
    ("disputed", "Disputed"),
]
"""`expected` is of an unborn child; the other three are never said together with it (CIN census: either, not both)."""

NAME_KINDS = [
    ("legal", "Name"),
    ("known_as", "Known as"),
    ("former", "Former name"),
    ("maiden", "Name before marriage"),
    ("alias", "Also used"),
    ("unborn", "Name before birth"),
]

RESIDENCE_KINDS = [
    ("home", "Home"),
    ("second_home", "Also lives at"),
    ("care_of", "Care of somebody"),
    ("placement", "Placed there"),
    ("refuge", "Refuge"),
    ("temporary", "Temporary accommodation"),
    ("hospital", "Hospital"),
    ("school", "Boarding school"),
    ("no_fixed_abode", "No fixed abode"),
    ("other", "Another address"),
]

IDENTIFIER_KINDS = [
    ("nhs", "NHS number"),
    ("upn", "Unique pupil number"),
    ("former_upn", "Former unique pupil number"),
    ("local", "Number in the council's case system"),
    ("system", "Number in another system"),
    ("home_office", "Home Office number"),
]

FACT_KINDS = [
    ("sex", "Sex"),
    ("gender", "Gender"),
    ("ethnicity", "Ethnicity"),
    ("nationality", "Nationality"),
    ("religion", "Religion or belief"),
    ("language", "First language"),
    ("interpreter", "Interpreter"),
    ("communication", "How to communicate"),
    ("disability", "Disability"),
    ("school", "School or nursery"),
    ("gp", "GP"),
    ("phone", "Telephone"),
    ("email", "E-mail"),
    ("safe_contact", "How to reach them safely"),
    ("immigration", "Immigration status"),
    ("died", "Died on"),
    ("upn_unknown", "Why there is no pupil number"),
    ("identify", "To be identified by"),
]

SAID_OFTEN = frozenset({"language", "disability", "phone", "email", "school", "safe_contact", "nationality"})
"""Kinds of which several stand at once; of every other kind the newest that stands is shown."""

CAUTION_KINDS = [
    ("violence", "Violence or threats to workers"),
    ("weapons", "Weapons"),
    ("dogs", "Dogs or other animals"),
    ("not_alone", "Do not visit alone"),
    ("premises", "Danger in the home"),
    ("infection", "Risk of infection"),
    ("other", "Something else to know"),
]

RESPONSIBILITIES = [
    ("yes", "Has parental responsibility"),
    ("no", "Has no parental responsibility"),
    ("disputed", "Parental responsibility is disputed"),
    ("unknown", "Not known"),
]

PARTNERSHIPS = [
    ("married", "Married or in a civil partnership"),
    ("together", "Living together"),
    ("apart", "A couple, living apart"),
    ("separated", "Separated"),
    ("divorced", "Divorced"),
]

TWINS = [
    ("twin", "Twins, or one of several born together"),
    ("identical", "Identical twins"),
]

CHANGE_KINDS = [
    ("split", "Divide a household"),
    ("move", "Change who lives where"),
    ("together", "Bring two households together"),
]

CHANGE_STATES = [
    ("asked", "Asked for"),
    ("made", "Made"),
    ("undone", "Undone"),
    ("dropped", "Dropped"),
]

GROUNDS = [
    ("staff", "Works here, or is close family of somebody who does"),
    ("public_figure", "Known to the public or the press"),
    ("protected_identity", "Lives under a protected identity"),
    ("high_risk", "Would be in danger if found"),
    ("adoption", "Record from before an adoption"),
    ("review", "A child has died, or a case is under serious review"),
    ("allegation", "An allegation is being looked into"),
]
"""Why a record is restricted (domain 9.5)."""

BARS = [
    ("self", "Their own record"),
    ("relative", "A relative, as they declared"),
    ("colleague", "A colleague"),
    ("accused", "An allegation about them stands in it"),
]

DECLARED = BARS[:2]
"""What somebody may declare themselves."""

LONGEST_GLASS = 4
"""Hours for which a shut record is open to whoever broke the glass, at most (trust 9); the database holds it too."""

FINDINGS = [
    ("right", "The record had to be opened"),
    ("unneeded", "It need not have been opened"),
    ("wrong", "It should not have been opened"),
]

BRINGING_KINDS = [("index", "People brought in"), ("feed", "Who is open to whom")]
BRINGING_STATES = [
    ("running", "Running"),
    ("done", "Done"),
    ("stopped", "Stopped, to go on"),
    ("failed", "Failed"),
]

WORKER_STATES = [
    ("accepted", "Has accepted"),
    ("offered", "Has not accepted yet"),
    ("away", "Is away"),
    ("left", "Has left"),
]


def name_as_written(given: str, middle: str, patronymic: str, family: str) -> str:
    """A name in the order in which pages show it; parts that there are not leave no gap."""
    return " ".join(part for part in (given, middle, patronymic, family) if part)

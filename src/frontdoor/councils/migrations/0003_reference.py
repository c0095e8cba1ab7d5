"""The two councils, the service itself, the threshold documents, and which council a postcode lies in.

Telephone numbers are from Ofcom's drama ranges and addresses are invented: a council corrects them on its settings page.
Places are districts and sectors of Peterborough, Cambridgeshire and their neighbours. Where a sector lies in more than
one council every one of them is named, the likeliest first; a whole area of ours that is not named is "not known".
"""

from datetime import UTC, date, datetime

from django.db import migrations

COUNCILS = [
    {
        "id": 0,
        "slug": "service",
        "name": "The service",
        "legal_name": "Front Door",
        "address": "",
        "phone_professionals": "",
        "phone_public": "",
        "phone_out_of_hours": "",
        "social_worker_phone": "",
        "social_worker_hours": "",
        "dpo_email": "service@example.org",
        "brand_colour": "#1d4f76",
    },
    {
        "id": 874,
        "slug": "peterborough",
        "name": "Peterborough",
        "legal_name": "Peterborough City Council",
        "address": "Children's services\nFletton Reach House\nBridge Quay\nPeterborough\nPE1 1ZZ",
        "phone_professionals": "01632 960174",
        "phone_public": "01632 960175",
        "phone_out_of_hours": "01632 960999",
        "social_worker_phone": "01632 960176",
        "social_worker_hours": "Monday to Thursday 8am to 5:30pm, Friday 8am to 4:30pm",
        "dpo_email": "data.protection@peterborough.example.org",
        "brand_colour": "#00566b",
    },
    {
        "id": 873,
        "slug": "cambridgeshire",
        "name": "Cambridgeshire",
        "legal_name": "Cambridgeshire County Council",
        "address": "Children's services\nOuse Meadow House\nLammas Lane\nHuntingdon\nPE29 1ZZ",
        "phone_professionals": "01632 960273",
        "phone_public": "01632 960274",
        "phone_out_of_hours": "01632 960999",
        "social_worker_phone": "01632 960275",
        "social_worker_hours": "Monday to Thursday 8am to 5:30pm, Friday 8am to 4:30pm",
        "dpo_email": "data.protection@cambridgeshire.example.org",
        "brand_colour": "#4c2c69",
    },
]

THRESHOLD_DOCUMENTS = [
    (874, "Continuum of Help and Support, Peterborough, December 2024", date(2024, 12, 1)),
    (873, "Continuum of Help and Support, Cambridgeshire, December 2024", date(2024, 12, 1)),
]

NAMES = {
    822: "Bedford",
    823: "Central Bedfordshire",
    857: "Rutland",
    873: "Cambridgeshire",
    874: "Peterborough",
    881: "Essex",
    919: "Hertfordshire",
    925: "Lincolnshire",
    926: "Norfolk",
    935: "Suffolk",
    940: "North Northamptonshire",
}

PLACES = """
PE1 874
PE2 874
PE3 874
PE4 874
PE5 874
PE6 874 925
PE6 0 874 925
PE6 7 874
PE6 8 925 874
PE6 9 925 874
PE7 874 873
PE7 0 874 873
PE7 1 873
PE7 2 873
PE7 3 873 874
PE7 8 874
PE8 940 874 873
PE8 4 940
PE8 5 940 873
PE8 6 940 874 873
PE9 925 874 857 940
PE9 1 925 857
PE9 2 925 874 940
PE9 3 874 925 857 940
PE9 4 925 857
PE10 925
PE11 925
PE12 925
PE13 873 926 925
PE14 926 873
PE15 873
PE16 873
PE17 873
PE18 873
PE19 873 822
PE19 1 873
PE19 2 873
PE19 5 873
PE19 6 873 822
PE19 7 873
PE19 8 873 822
PE20 925
PE21 925
PE22 925
PE23 925
PE24 925
PE25 925
PE26 873
PE27 873
PE28 873
PE28 0 873 940 822
PE29 873
PE30 926
PE31 926
PE32 926
PE33 926
PE34 926
PE35 926
PE36 926
PE37 926
PE38 926
CB1 873
CB2 873
CB3 873
CB4 873
CB5 873
CB6 873
CB7 873
CB8 935 873
CB9 935 873 881
CB10 881 873
CB11 881
CB21 873 881
CB21 5 873
CB21 6 873
CB22 873
CB23 873
CB24 873
CB25 873
SG7 919
SG8 919 873 881
SG18 823
SG19 823 873
IP27 935 926
IP28 935
LE15 857
MK44 822
NN14 940
"""


def fill(apps, schema_editor):
    Council, Setting, Place = (apps.get_model("councils", name) for name in ("Council", "Setting", "Place"))
    database = schema_editor.connection.alias
    with schema_editor.connection.cursor() as cursor:  # the guard wants to know who writes
        cursor.execute("SELECT set_config('frontdoor.actor', 'system:migration', true)")
    Council.objects.using(database).bulk_create(Council(**row, starts_on=date(1998, 4, 1)) for row in COUNCILS)
    Setting.objects.using(database).bulk_create(
        Setting(
            authority_id=council,
            name="threshold.document",
            value=title,
            starts_on=since,
            decided_by="Safeguarding partnership",
            why="The document in force when the service began to keep its decisions here",
            entered_by="system:migration",
            entered_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for council, title, since in THRESHOLD_DOCUMENTS
    )
    Place.objects.using(database).bulk_create(_places(Place))
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT set_config('frontdoor.actor', '', true)")


def _places(Place):
    for line in PLACES.split("\n"):
        words = line.split()
        prefix = " ".join(words[:2] if len(words) > 1 and len(words[1]) == 1 else words[:1])
        for rank, number in enumerate(words[len(prefix.split()) :]):
            yield Place(
                district=words[0],
                prefix=prefix,
                authority_number=int(number),
                authority_name=NAMES[int(number)],
                rank=rank,
            )


class Migration(migrations.Migration):
    dependencies = [("councils", "0002_wall")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]

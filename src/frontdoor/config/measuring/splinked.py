"""Records and settings for Splink: our own fields and levels for training, its ready-made ones to measure beside.

Settings are code and not a saved model: one saved on DuckDB does not load elsewhere with term frequencies on.
"""

from collections.abc import Iterable, Mapping
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any
from weakref import finalize

from frontdoor.config.measuring.data import Data
from frontdoor.people.rules import names, places
from frontdoor.people.rules.records import Record

_GIVEN_CLOSE = (
    "damerau_levenshtein(given_l, given_r) <= 1 or jaro_winkler(given_l, given_r) >= 0.9"
    " or jaro_winkler(given_first_l, given_first_r) >= 0.9"
    " or (given_sound_l = given_sound_r and length(given_sound_l) > 1)"
)
_FAMILY_CLOSE = (
    "damerau_levenshtein(family_l, family_r) <= 1 or jaro_winkler(family_l, family_r) >= 0.9"
    " or (family_sound_l = family_sound_r and length(family_sound_l) > 1)"
)
_KIN = "size(array_intersect(kin_l, kin_r))"
_SAME_YEAR = "substring(born_l, 1, 4) = substring(born_r, 1, 4)"

_MACROS = (
    "create macro arrays_overlap(one, other) as list_has_any(one, other)",
    "create macro jaro_winkler(one, other) as jaro_winkler_similarity(one, other)",
    "create macro size(list) as len(list)",
)
"""What Spark calls so and DuckDB otherwise: with these, one description of fields and levels serves both."""

FIELDS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "given": (
        "given",
        [
            ("exact", "given_l = given_r"),
            ("first", "given_first_l = given_first_r"),
            ("nickname", "arrays_overlap(given_groups_l, given_groups_r)"),
            ("close", _GIVEN_CLOSE),
            ("another", "arrays_overlap(given_parts_l, given_parts_r)"),
        ],
    ),
    "family": (
        "family",
        [
            ("exact", "family_l = family_r"),
            ("part", "arrays_overlap(family_parts_l, family_parts_r)"),
            ("ending", "family_stem_l = family_stem_r"),
            ("close", _FAMILY_CLOSE),
        ],
    ),
    "born": (
        "born",
        [
            ("new_year", "born_l = born_r and born_l like '%-01-01'"),
            ("exact", "born_l = born_r"),
            ("swapped", "born_l = born_turned_r"),
            ("digit", "damerau_levenshtein(born_l, born_r) = 1"),
            (
                "two",
                "(substring(born_l, 6, 5) = substring(born_r, 6, 5)"
                " or substring(born_l, 1, 7) = substring(born_r, 1, 7)"
                f" or ({_SAME_YEAR} and substring(born_l, 9, 2) = substring(born_r, 9, 2)))"
                " and abs(cast(substring(born_l, 1, 4) as int) - cast(substring(born_r, 1, 4) as int)) <= 10",
            ),
            ("year", _SAME_YEAR),
            ("near", "abs(born_day_l - born_day_r) <= 366"),
        ],
    ),
    "sex": ("sex", [("same", "sex_l = sex_r")]),
    "place": (
        "postcode",
        [
            ("home", "house_l = house_r and damerau_levenshtein(postcode_l, postcode_r) <= 1"),
            ("unit", "postcode_l = postcode_r"),
            ("street", "house_l = house_r"),
            ("close", "damerau_levenshtein(postcode_l, postcode_r) = 1"),
            ("sector", "sector_l = sector_r"),
            ("district", "district_l = district_r"),
        ],
    ),
    "kin": ("kin", [("several", f"{_KIN} >= 2"), ("one", f"{_KIN} = 1")]),
    "phone": ("phone", [("same", "phone_l = phone_r")]),
    "school": ("school", [("same", "school_l = school_r")]),
}
"""Field to the column that must be there and its levels, strongest first; what is left is the level of `OTHERWISE`."""

OTHERWISE = {"place": "elsewhere", "kin": "none"}
BLOCKS: tuple[tuple[str, ...], ...] = (
    ("born",), ("given", "family"), ("given", "postcode"), ("family", "postcode"),
    ("house", "family_sound"), ("phone",),
)  # fmt: skip


def row(number: int, record: Record) -> dict[str, Any]:
    """A record as a flat row, each value ready to be compared in SQL; None where nothing is known."""
    name = record.names[0] if record.names else None
    given = names.parts(name.given) if name else ()
    family = names.parts(name.family) if name else ()
    born = record.born
    code = places.postcode(record.postcodes[0]) if record.postcodes else ""
    turned = born.replace(day=born.month, month=born.day) if born and born.day <= 12 else None
    kin = [
        f"{' '.join(names.parts(one.given)[:1])} {' '.join(names.parts(one.family)[-1:])}" for one in record.relatives
    ]
    return {
        "unique_id": number,
        "given": "".join(given) or None,
        "given_first": given[0] if given else None,
        "given_groups": list(names.nickname_groups(given[0])) if given else None,
        "given_sound": names.sound("".join(given)) if given else None,
        "given_parts": list(given) or None,
        "family": "".join(family) or None,
        "family_stem": names.stem(family[-1]) if family else None,
        "family_sound": names.family_sound(family[-1]) if family else None,
        "family_parts": list(family) or None,
        "born": born.isoformat() if born else None,
        "born_turned": turned.isoformat() if turned else None,
        "born_day": born.toordinal() if born else None,
        "sex": record.sex or None,
        "postcode": code or None,
        "sector": places.sector(code) or None,
        "district": places.district(code) or None,
        "house": (" ".join(places.house(record.addresses[0])).strip() or None) if record.addresses else None,
        "kin": kin or None,
        "phone": record.phones[0] if record.phones else None,
        "school": names.fold(record.schools[0]) if record.schools else None,
    }


def table(records: Mapping[int, Record], *, start: int = 0) -> Any:
    """Records as an Arrow table with named, typed columns; `start` is added to every number."""
    import pyarrow

    lists = ("given_groups", "given_parts", "family_parts", "kin")
    rows = [row(number + start, record) for number, record in records.items()]
    columns = list(row(0, Record()))
    kinds = {name: pyarrow.list_(pyarrow.string()) if name in lists else pyarrow.string() for name in columns}
    kinds |= {"unique_id": pyarrow.int64(), "born_day": pyarrow.int64()}
    return pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(list(kinds.items())))


def linker(tables: list[Any], comparisons: list[Any], blocks: Iterable[tuple[str, ...]], *, memory: str = "2GB") -> Any:
    """A linker on DuckDB in memory over one table (compared with itself) or two.

    :raises ImportError: the packages of the extra `matching` are not installed
    """
    database = opened(memory=memory)
    frames = [database.register(each, dataset_display_name=f"t{place}") for place, each in enumerate(tables)]
    return linked(frames, comparisons, blocks)


def opened(*, memory: str) -> Any:
    """DuckDB in memory, as Splink speaks to it.

    What does not fit into `memory` lies in a folder that nobody else reads, and is never written in plain; its key is
    no better than the random numbers of DuckDB's own library (docs/matching.md). The folder goes with the process, but
    not after a kill: it lies in the folder for temporary files, which belongs on an encrypted disk.

    :raises ImportError: the packages of the extra `matching` are not installed
    """
    import duckdb
    from splink.backends.duckdb import DuckDBAPI

    folder = mkdtemp(prefix="frontdoor-")
    connection = duckdb.connect(config={"memory_limit": memory, "temp_directory": folder})
    for each in (
        "set force_mbedtls_unsafe = true",
        "set temp_file_encryption = true",
        "set enable_progress_bar = false",
        *_MACROS,
    ):
        connection.execute(each)
    database = DuckDBAPI(connection)
    finalize(database, rmtree, folder, ignore_errors=True)
    return database


def linked(frames: list[Any], comparisons: list[Any], blocks: Iterable[tuple[str, ...]]) -> Any:
    """A linker over tables that a database knows."""
    from splink import Linker

    return Linker(frames, settings(comparisons, blocks, tables=len(frames)), log_level="ERROR")


def settings(comparisons: list[Any], blocks: Iterable[tuple[str, ...]], *, tables: int = 1) -> Any:
    """What is compared and which pairs are looked at, for Splink wherever it runs.

    :param tables: one is compared with itself, two with each other
    :raises ImportError: the packages of the extra `matching` are not installed
    """
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="dedupe_only" if tables == 1 else "link_only",
        comparisons=comparisons,
        blocking_rules_to_generate_predictions=[block_on(*columns) for columns in blocks],
        retain_matching_columns=False,
        additional_columns_to_retain=[],
    )


def our_comparisons() -> list[dict[str, Any]]:
    """Our fields and levels as Splink's comparisons."""
    return [
        {
            "output_column_name": field,
            "comparison_levels": [
                {
                    "sql_condition": f"{column}_l is null or {column}_r is null",
                    "label_for_charts": "null",
                    "is_null_level": True,
                },
                *({"sql_condition": sql, "label_for_charts": level} for level, sql in levels),
                {"sql_condition": "ELSE", "label_for_charts": OTHERWISE.get(field, "different")},
            ],
        }
        for field, (column, levels) in FIELDS.items()
    ]


def ready_made(data: Data) -> list[Any]:
    """Splink's own comparisons for names, dates and postcodes, as its documentation advises them."""
    import splink.comparison_library as library

    if not data.name.startswith("FEBRL"):
        return ready_made_british()
    return _ready_made(library.DamerauLevenshteinAtThresholds("postcode", [1, 2]))


def ready_made_british() -> list[Any]:
    """The same for an English index, which also knows sex, telephone and school."""
    import splink.comparison_library as library

    also = (library.ExactMatch(name) for name in ("sex", "phone", "school"))
    return [*_ready_made(library.PostcodeComparison("postcode")), *also]


def _ready_made(place: Any) -> list[Any]:
    import splink.comparison_library as library

    return [
        library.NameComparison("given").configure(term_frequency_adjustments=True),
        library.NameComparison("family").configure(term_frequency_adjustments=True),
        library.DateOfBirthComparison("born", input_is_string=True, invalid_dates_as_null=False),
        place,
        library.JaroWinklerAtThresholds("house", [0.9, 0.7]).configure(term_frequency_adjustments=True),
    ]


def scored(data: Data, comparisons: list[Any], *, memory: str = "2GB") -> dict[tuple[int, int], float]:
    """Pairs with Splink's probability, trained on the same data without labels."""
    far = 1 << 40
    tables = [table(data.known)] + ([table(data.mentions, start=far)] if data.mentions else [])
    model = linker(tables, comparisons, BLOCKS, memory=memory)
    train(model)
    rows = model.inference.predict(threshold_match_probability=0.001).as_record_list()
    found = {}
    for each in rows:
        one, other = each["unique_id_l"], each["unique_id_r"]
        pair = (max(one, other) - far, min(one, other)) if data.mentions else (min(one, other), max(one, other))
        found[pair] = float(each["match_probability"])
    return found


def train(model: Any, *, pairs: float = 2e6) -> None:
    """Chances first, then expectation and maximisation on two blocks that leave each field free once.

    Never on a block of addresses without names: the people of one household would be taken for one person.
    """
    from splink import block_on

    rules = [
        block_on("given", "family", "born"),
        block_on("given", "postcode", "born"),
        block_on("family", "house", "born"),
    ]
    model.training.estimate_probability_two_random_records_match(rules, recall=0.7)
    model.training.estimate_u_using_random_sampling(max_pairs=pairs, seed=1)
    for block in (("born",), ("given", "family", "house")):
        model.training.estimate_parameters_using_expectation_maximisation(block_on(*block))

"""Splink on Apache Spark, for an index beyond one machine: the same fields, levels and blocks as on DuckDB.

The index goes slice by slice into files that all machines of the cluster read; they hold names and are taken away at
the end, also of a run that failed, and by the next run where one was killed.
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Pair = tuple[int, int]


class InUse(Exception):
    """Another search of the same index runs on Spark."""


def installed() -> bool:
    """Whether the packages of the extras `matching` and `spark` are here, and a Java to run Spark."""
    packages = all(find_spec(name) for name in ("splink", "pyarrow", "pyspark"))
    home = os.environ.get("JAVA_HOME", "")
    return packages and bool(shutil.which("java") or (home and shutil.which("java", path=f"{home}/bin")))


@contextmanager
def folder(inside: Path, name: str) -> Iterator[Path]:
    """An empty folder that nobody else reads, taken away afterwards.

    :raises InUse: somebody holds it
    """
    inside.mkdir(parents=True, exist_ok=True)
    place = inside / name
    with (inside / f"{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse from None
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)
        try:
            yield place
        finally:
            shutil.rmtree(place)


@contextmanager
def session(master: str, place: Path, *, memory: str) -> Iterator[Any]:
    """Spark at `master`, quiet and without its page of figures; what it lays on disks of its own is encrypted.

    What else a cluster needs stands in its own `spark-defaults.conf`.

    :param master: local[*] for this machine, else as `spark-submit --master` has it
    :param place: what it keeps between two steps, read by every machine
    :param memory: of the driver: 1500m
    """
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    build = SparkSession.builder.master(master).appName("frontdoor match")
    settings = {
        "spark.jars": similarity_jar_location(), "spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false",
        "spark.io.encryption.enabled": "true", "spark.driver.memory": memory,
        "spark.sql.warehouse.dir": str(place / "warehouse"),
    }  # fmt: skip
    if master.startswith("local"):
        settings |= {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}
        settings |= {"spark.sql.shuffle.partitions": "8", "spark.local.dir": str(place / "own")}
    for name, value in settings.items():
        build = build.config(name, value)
    spark = build.getOrCreate()
    try:
        spark.sparkContext.setLogLevel("ERROR")
        spark.sparkContext.setCheckpointDir(str(place / "steps"))
        yield spark
    finally:
        spark.stop()


def pairs(
    slices: Iterable[Any], comparisons: list[Any], *, least: float, master: str, place: Path, memory: str = "1500m"
) -> Iterator[Pair]:
    """Numbers of pairs worth `least` bits or more, without a name, one after the other.

    :param slices: tables of `measuring.splinked`, of which one at a time is held
    """
    import pyarrow.parquet
    from splink import Linker
    from splink.backends.spark import SparkAPI

    from frontdoor.config.measuring import splinked

    people = place / "people"
    people.mkdir()
    number = 0
    for number, each in enumerate(slices, start=1):
        pyarrow.parquet.write_table(each, people / f"{number:06}.parquet")
    if not number:
        return
    with session(master, place, memory=memory) as spark:
        database = SparkAPI(spark_session=spark)
        table = database.register(spark.read.parquet(str(people)), dataset_display_name="people")
        model = Linker([table], splinked.settings(comparisons, splinked.BLOCKS), log_level="ERROR")
        likely = model.inference.predict(threshold_match_weight=least).as_spark_dataframe()
        for row in likely.select("unique_id_l", "unique_id_r").toLocalIterator():
            yield row["unique_id_l"], row["unique_id_r"]

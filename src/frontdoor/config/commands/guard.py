"""`./frontdoor guard`."""

from argparse import ArgumentParser

from frontdoor.config.measuring import guarding


def run(arguments: list[str]) -> int:
    """Print what the guard of words misses and what it raises without cause, on seeded documents of its own."""
    parser = ArgumentParser(prog="frontdoor guard", description=run.__doc__)
    parser.add_argument("--seed", type=int, default=guarding.SEED, help="the same seed gives the same documents")
    parser.add_argument("--each", type=int, default=guarding.EACH, help="documents of each written form")
    parser.add_argument("--clean", type=int, default=guarding.CLEAN, help="documents with nothing to find")
    asked = parser.parse_args(arguments)
    for line in guarding.table(guarding.measure(seed=asked.seed, each=asked.each, clean=asked.clean)):
        print(line)
    return 0

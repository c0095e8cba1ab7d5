"""The services that help families: open data of many makers, which never carries a case."""

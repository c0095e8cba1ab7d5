"""Finding services, giving them out, and what whoever keeps the directory looks after."""

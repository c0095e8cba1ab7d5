"""Reading what is done with a family: its team first, as that says who may read the rest."""

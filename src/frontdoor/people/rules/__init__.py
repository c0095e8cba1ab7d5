"""The rules of the index of people: how names are read, what a record holds for comparing, and what it is found by."""

"""The invented councils, people and arrivals of the demonstration; the tests stand on the same ones."""

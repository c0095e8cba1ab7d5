"""An invented population with known truth, for measuring and training the matching of people; nobody in it is anybody."""

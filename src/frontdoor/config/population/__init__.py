"""An invented population with known truth, to measure and train the matching of people by; nobody in it is anybody."""

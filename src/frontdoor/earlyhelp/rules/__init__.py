"""The law of early help: where a family stands, who has agreed to what, its clocks, what may end it."""

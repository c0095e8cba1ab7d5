"""Everything that arrives: first look, screening, the decision."""

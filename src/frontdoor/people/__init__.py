"""Children and adults: names, addresses, identifiers, relationships, households, restrictions; each fact with its source."""

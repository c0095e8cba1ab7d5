"""Children and adults: names, addresses, numbers, relationships, households; each fact with its source."""

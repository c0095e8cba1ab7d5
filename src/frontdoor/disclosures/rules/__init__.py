"""The law of this room: states, kinds of request, lawful bases, and what an answer may hold."""

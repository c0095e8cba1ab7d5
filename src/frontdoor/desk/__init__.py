"""What staff open that composes rooms: my work, queues, the clock board, search."""

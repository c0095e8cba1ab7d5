"""From what the agencies said to what happens to each child: analysed, recommended, decided, carried out."""

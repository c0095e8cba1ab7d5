"""The slip between hands: work passes from one to another and belongs to the giver until it is accepted."""

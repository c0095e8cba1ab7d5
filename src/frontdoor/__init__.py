"""The front door of children's services, shared by councils under delegation agreements."""

"""Asking for enquiries: the one of a slip or a family, the list, and one whole."""

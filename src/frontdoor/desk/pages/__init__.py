"""Exactly what each page of the desk shows."""

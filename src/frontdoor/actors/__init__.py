"""Who acts, for which council, and what they may do: plain values and the few errors; no tables."""

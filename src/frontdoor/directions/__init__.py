"""An action given to somebody: owner, due, done, and evidence."""

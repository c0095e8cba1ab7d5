"""What comes or is added as a file: kept as it came, scanned before anybody opens it, opened as a clean copy."""

"""What the pages of accounts, clients, agreements and the trail show."""

"""The law of a referral: where it stands, its clocks, what counts as a re-referral, what is recorded and what not."""

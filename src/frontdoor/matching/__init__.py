"""The same person? Candidates with reasons, links of what arrives to the index, joins that can be undone."""

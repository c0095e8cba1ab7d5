"""Everything that pages are made of: layouts, components, forms, words for times, answers to errors."""

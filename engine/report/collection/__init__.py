"""The collection workbook of a policy: what is to be filled in by whom, and the sheets to do it in."""

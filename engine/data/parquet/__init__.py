"""Parquet files: rows of typed columns that are scanned where they lie, under the same contract as any other file.

Every distinct cell is read once, by the same functions that read the cells of a sheet; what each was read as goes into
the query. Numbers that the file itself stores exactly need no reading.
"""

"""Reading a centre's arrivals register: workbook, columns, values, rows, and people written down twice.

Nothing here writes to the database: what is read is shown to a person first.
"""

"""The clock of a case: from what officers pressed and dated rules to days that are left.

Nothing starts by itself. An officer says that a case is known, later that it is registered, and in
the end that it is done; each is a row of `clock_marks`. Every date that follows is an estimate for
the desk, "perkiraan, bukan tenggat resmi", and is shown with its basis.
"""

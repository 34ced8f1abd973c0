"""Do the tests notice a wrong line of the money and privacy modules?

``python -m tests.mutation`` changes one thing at a time (a comparison, a condition of a query,
a sign, a rounding), runs the tests nearby, and prints every change that no test saw. Kept
mutation tools do not fit here: mutmut leaves out decorated functions (our services) and what
stands outside functions (our SQL); cosmic-ray starts Django afresh for each change and has no
changes for SQL in strings; mutatest stopped at Python 3.8.
"""

"""The rules of a contract: what is wrong in what is written, said with its numbers, its lines, and what to do.

Pure: a contract file in, anomalies out. A rule is one file, one function, one page: its docstring, in French, which
`tenir regle CODE` prints. `docs/adr/0025-regles.md`.
"""

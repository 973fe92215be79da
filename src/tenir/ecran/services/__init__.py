"""What every screen keeps, changed: right, rule, trace and undo in one transaction."""

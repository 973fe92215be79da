"""What changes the register: right, rule, change, trace, and its sums, in one transaction."""

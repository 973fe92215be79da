"""The seven-year frieze: periods and jalons of each action, by orientation."""

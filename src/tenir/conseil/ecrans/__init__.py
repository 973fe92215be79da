"""The screens of the council of residents."""

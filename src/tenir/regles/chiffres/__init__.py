"""Figures and arithmetic."""

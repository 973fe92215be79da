"""What is done to an évaluation: prepared, frozen, judged, shared, published."""

"""What someone says of her own reading."""

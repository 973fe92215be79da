"""The life of indicators: how each is followed, its targets and its readings."""

"""What changes subscriptions: asking, confirming, ending, telling each week, forgetting what was never confirmed."""

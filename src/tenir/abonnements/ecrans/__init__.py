"""The form, the page behind the link, and the messages of subscriptions."""

"""The named views of lists: what the page of a list shows of them, and the small pages that keep, change and remove."""

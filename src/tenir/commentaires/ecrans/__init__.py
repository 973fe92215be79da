"""What is shown of comments: the block of a page, its small pages, the page behind a link, messages."""

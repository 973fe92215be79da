"""The plan of a document by what it shows: headings that look alike, what stands under them, what tables hold."""

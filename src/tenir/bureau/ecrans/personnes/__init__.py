"""What is known of a person: her own page and its export; the persons of the platform, and erasing one."""

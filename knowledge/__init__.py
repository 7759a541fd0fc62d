"""What is true, since when, and who says so. Pure: reads files only in `load_*`."""

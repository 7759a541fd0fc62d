"""What to ask, where answers lead, what typed words mean. Pure: reads files only in `load_*`."""

"""Scripts that make data for the bot. None runs with it."""

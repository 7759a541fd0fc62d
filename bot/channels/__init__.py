"""The ways people reach the bot. One file knows one vendor; each draws every part of a Reply."""

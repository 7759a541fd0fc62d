"""The trial platforms hold to the rules of the real ones."""

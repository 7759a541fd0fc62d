"""`jigyokei check`: proves the content before it meets a person."""

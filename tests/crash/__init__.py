"""The bot is killed at random while people talk to it: nothing is lost, nothing said twice."""

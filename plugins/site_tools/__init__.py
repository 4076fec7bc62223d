"""What runs before and after a build: the commands of tasks.py."""

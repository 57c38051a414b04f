"""The page between reading a plan and saving it: what was read, what it would change, what must be answered first."""

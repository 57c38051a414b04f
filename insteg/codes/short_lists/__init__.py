"""What the product knows without an imported list: enough for a city's plans, in our own words."""

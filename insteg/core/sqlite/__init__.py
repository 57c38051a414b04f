"""SQLite that sorts å, ä and ö where Swedes look for them and finds "Å" when one writes "å"."""

"""What runs inside a checkout of a release, old or new: copied beside it, and written for what both of them have.

It uses the release's own tests.town and tests.nets, so each release is tried with what it knew of itself.
"""

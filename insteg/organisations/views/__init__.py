from insteg.organisations.views.memberships import refused

__all__ = ["refused"]

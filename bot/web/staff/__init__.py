"""The staff desk as plain pages below `/staff`: rendered here, usable without a script."""

from bot.web.staff.door import STAFF, StaffDoor, StaffHeaders, is_staff
from bot.web.staff.groups import add_staff

__all__ = ["STAFF", "StaffDoor", "StaffHeaders", "add_staff", "is_staff"]

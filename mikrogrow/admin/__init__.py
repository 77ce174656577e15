"""What the admin pages of all apps share.

Imports nothing: Django reads the admin site from here before anything can be registered with it.
"""

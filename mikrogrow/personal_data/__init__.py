"""What the application holds of a person: found, shown, given out and removed.

For a request by articles 15, 17 and 20 of the General Data Protection Regulation (EU) 2016/679.
"""

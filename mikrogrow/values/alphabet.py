"""The order of the Finnish alphabet, the same on every database."""

# After z come å, ä and ö; as characters they come in another order.
_LAST = str.maketrans("åäö", "{|}")


def alphabetical_key(name: str) -> bytes:
    """Compared byte by byte, names stand as in a Finnish list, capitals or not."""
    return name.casefold().translate(_LAST).encode()

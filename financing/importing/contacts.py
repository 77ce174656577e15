"""The telephone number and the e-mail address of an official, from what a paper says of them."""

import re

_TELEPHONE = re.compile(r"\+?\d[\d -]{5,30}")
_AT = re.compile(r"\((?:at|a|ät)\)|\[at\]", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
# What pages and prints write before a telephone number themselves.
BEFORE_TELEPHONE = "puh."


def contact_of(words: str) -> dict[str, str]:
    telephone = _TELEPHONE.search(words)
    email = _EMAIL.search(_AT.sub("@", words))
    return {"telephone": telephone[0].strip() if telephone else "", "email": email[0] if email else ""}

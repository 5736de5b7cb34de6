"""National Provider Identifiers: ten digits, the last of which checks the others."""

PREFIX_SUM = 24  # what the issuer's prefix 80840 adds to the Luhn sum
DOUBLED = str.maketrans("0123456789", "0246813579")  # and the digits of that added


def is_npi(text: str) -> bool:
    """Ten digits that begin with 1 or 2 and pass Luhn behind the prefix 80840."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()):
        return False
    return text[0] in "12" and check_digit(text[:9]) == text[9]


def check_digit(nine: str) -> str:
    """The tenth digit that belongs to the first nine."""
    doubled = nine[::2].translate(DOUBLED)
    return str(-(PREFIX_SUM + sum(map(int, doubled + nine[1::2]))) % 10)

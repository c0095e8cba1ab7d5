"""From which network something comes, as far as it is counted."""

from ipaddress import IPv6Address, ip_address, ip_network


def network(address: str) -> str:
    """What is counted as one sender: an IPv4 address, or the /64 that one household or office has of IPv6.

    :returns: empty where the address is none
    """
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)

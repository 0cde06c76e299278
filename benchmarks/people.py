"""Invented people: names as they are met in Sweden, the same for the same number."""

_FIRST = """
Åsa Björn Cecilia David Ebba Fatima Göran Hanna Idris Jonna Kerstin Lars Maja Nils Olivia Pär Ronja Samir
Tove Ulf Viktoria Yusuf Zahra Åke Örjan Amanda Bengt Dalia Emil Frida Gustav Helin Ida Johan Karin Leyla
Magnus Nadja Oskar Petra
"""
_LAST = """
Andersson Öberg Svensson Nilsson Holm Ali Lindström Ek Berg Åkerlund Johansson Karlsson Eriksson Larsson
Olsson Persson Gustafsson Pettersson Jonsson Hansson Bengtsson Lindberg Jakobsson Magnusson Lindqvist Hassan
Mohamed Ahmed Sjöberg Wallin Engström Danielsson Lundin Eklund Gunnarsson Björk Bergman Sandberg Åberg
Östlund Norén Hedlund Ström Sundqvist Blom Falk Nyman Häggström Törnqvist Kovačević
"""
FIRST, LAST = tuple(_FIRST.split()), tuple(_LAST.split())


def name_of(number: int) -> str:
    """Return a name: ``0`` is Åsa Andersson; from the 2,000th on there are two surnames."""
    rest, first = divmod(number, len(FIRST))
    rest, last = divmod(rest, len(LAST))
    name = f"{FIRST[first]} {LAST[last]}"
    return f"{name} {LAST[(rest - 1) % len(LAST)]}" if rest else name

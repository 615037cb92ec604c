"""Finds the places in Swift sources where an operator, a literal or a sign can be changed."""

import hashlib
import re
from dataclasses import dataclass

# What an operator becomes.  Boundary mutants (< to <=) are the hardest to notice and the most worth it.
OPERATORS = {
    "+": "-", "-": "+", "*": "/", "/": "*", "+=": "-=", "-=": "+=", "*=": "/=", "/=": "*=",
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
    ".<": ".<=", ".<=": ".<", ".>": ".>=", ".>=": ".>",
}
FUNCTIONS = {"min": "max", "max": "min"}
TRUTHS = {"true": "false", "false": "true"}

NUMBER = r"(?:0x[0-9a-fA-F_]+(?:\.[0-9a-fA-F]+)?p[-+]?\d+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][-+]?\d+)?)"
PATTERNS = [
    ("operator", re.compile(r"(?<=\s)(" + "|".join(map(re.escape, sorted(OPERATORS, key=len, reverse=True)))
                            + r")(?=\s)")),
    ("sign", re.compile(r"(?<=[\s(\[])(-)(?=[A-Za-z(])")),
    ("negation", re.compile(r"(?<=[\s(\[])(!)(?=[A-Za-z(])")),
    ("function", re.compile(r"(?<![\w.`])(min|max)(?=\()")),
    ("truth", re.compile(r"(?<![\w.`])(true|false)(?!\w)")),
    ("number", re.compile(r"(?<![\w.$`#])(" + NUMBER + r")(?![\w.])")),
]
# Text with a meaning of its own, blanked before anything is looked for; multi-line strings come first.
BLANKED = re.compile(r'"""[\s\S]*?"""|//[^\n]*|/\*[\s\S]*?\*/|"(?:\\.|[^"\\\n])*"|(?<=[(:\s])/[^\s/][^\n]*?[^\s\\]/(?=[),\s])')
# Lines where a token is no expression: patterns, generic clauses, declarations and attributes.
EXCLUDED = re.compile(r"^\s*(case |@|#|import |infix |prefix |precedencegroup |.*\bfunc [-+*/<=>!&|]|.*\bwhere [A-Z])")


@dataclass
class Site:
    file: str
    line: int
    start: int
    end: int
    kind: str
    original: str
    mutated: str
    source: str
    # Which of the same changes of the same line it is.
    occurrence: int = 0

    @property
    def identity(self):
        """Stays the same where lines move."""
        text = f"{self.file}: {self.source}: {self.kind}: {self.original} → {self.mutated} #{self.occurrence}"
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    def rank(self, seed):
        """Where the place stands in a drawing, whatever other places there are."""
        return hashlib.sha256(f"{seed} {self.identity}".encode()).hexdigest()


def mutated(kind, text):
    if kind == "operator":
        return OPERATORS[text]
    if kind == "sign":
        return "+"
    if kind == "negation":
        return "nothing"
    if kind == "function":
        return FUNCTIONS[text]
    if kind == "truth":
        return TRUTHS[text]
    return other_number(text)


def other_number(text):
    """One more for integers; twice as much, or 1 for 0, for everything else."""
    plain = text.replace("_", "")
    if plain.isdigit():
        return str(int(plain) + 1)
    value = float.fromhex(plain) if plain.startswith("0x") and "p" in plain else None
    if plain.startswith("0x") and value is None:
        return str(int(plain, 16) + 1)
    value = float(plain) if value is None else value
    return repr(2 * value) if value else "1.0"


def sites(path, text):
    blank = BLANKED.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    lines = text.split("\n")
    found = []
    for kind, pattern in PATTERNS:
        for match in pattern.finditer(blank):
            line = blank.count("\n", 0, match.start())
            if EXCLUDED.match(lines[line]):
                continue
            token = match.group(1)
            found.append(Site(path, line + 1, match.start(1), match.end(1), kind, token,
                              mutated(kind, token), lines[line].strip()))
    found.sort(key=lambda site: site.start)
    seen = {}
    for site in found:
        same = (site.source, site.original)
        site.occurrence = seen[same] = seen.get(same, -1) + 1
    return found

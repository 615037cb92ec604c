"""Writes the Swift module whose operators behave as usual unless their mutant is the active one."""

PRECEDENCE = {
    "+": "AdditionPrecedence", "-": "AdditionPrecedence",
    "*": "MultiplicationPrecedence", "/": "MultiplicationPrecedence",
    "&&": "LogicalConjunctionPrecedence", "||": "LogicalDisjunctionPrecedence",
}
SUFFIX = "†‡•‣"


def name(base, number):
    """The operator for a mutant: the base with the number in four signs that operators may have."""
    digits = ""
    while True:
        digits += SUFFIX[number % 4]
        number //= 4
        if not number:
            return base + digits


def planted(site, number):
    """What stands in the mutated source in place of a site's token."""
    if site.kind in ("operator", "sign", "negation"):
        return name(site.original, number)
    if site.kind == "function":
        return f"mutant{site.original.capitalize()}{number}"
    return f"mutant({number}, {site.original}, {site.mutated})"


HEADER = """import CMutants

@inline(__always) @inlinable
public func mutant<Value>(_ number: Int32, _ original: Value, _ other: Value) -> Value {
    isMutant(number) ? other : original
}
"""


def declaration(site, number):
    symbol = name(site.original, number)
    if site.kind == "sign":
        return f"prefix operator {symbol}\n" + "".join(
            function(f"prefix func {symbol}<T: {bound}>(_ x: T) -> T", number, "x", "-x", clause)
            for bound, clause in (("SignedNumeric", ""), ("SIMD", " where T.Scalar: FloatingPoint")))
    if site.kind == "negation":
        return f"prefix operator {symbol}\n" + function(
            f"prefix func {symbol}(_ x: Bool) -> Bool", number, "x", "!x")
    if site.kind == "function":
        both = [f"func mutant{site.original.capitalize()}{number}<T: Comparable>(_ x: T, _ y: T{more}) -> T"
                for more in ("", ", _ z: T")]
        return function(both[0], number, f"{site.mutated}(x, y)", f"{site.original}(x, y)") + function(
            both[1], number, f"{site.mutated}(x, y, z)", f"{site.original}(x, y, z)")
    if site.kind != "operator":
        return ""
    return operator(site.original, site.mutated, symbol, number)


def operator(base, other, symbol, number):
    if base.endswith("=") and base[0] in "+-*/":
        group, result = "AssignmentPrecedence", "assign"
    else:
        group, result = PRECEDENCE.get(base, "ComparisonPrecedence"), "value"
    text = f"infix operator {symbol}: {group}\n"
    if base in ("&&", "||"):
        return text + (
            f"@inline(__always) @inlinable public func {symbol}(l: Bool, r: @autoclosure () throws -> Bool) "
            f"rethrows -> Bool {{ isMutant({number}) ? try l {other} r() : try l {base} r() }}\n")
    return text + "".join(
        function(f"func {symbol}{head}", number, f"l {other} r", f"l {base} r", clause)
        for head, clause in heads(base, result)) + appending(base, symbol, number, result)


def heads(base, result):
    """Generic parameters, arguments and result of every overload."""
    simd = " where S.Scalar: FloatingPoint"
    if base[0] == ".":
        mask = " -> SIMDMask<S.MaskStorage>"
        compared = " where S.Scalar: Comparable"
        return [("<S: SIMD>(l: S, r: S)" + mask, compared), ("<S: SIMD>(l: S, r: S.Scalar)" + mask, compared),
                ("<S: SIMD>(l: S.Scalar, r: S)" + mask, compared)]
    if base in ("==", "!="):
        return [("<T: Equatable>(l: T, r: T) -> Bool", "")]
    if base in ("<", "<=", ">", ">="):
        return [("<T: Comparable>(l: T, r: T) -> Bool", "")]
    bounds = ["AdditiveArithmetic"] if base[0] in "+-" else ["FloatingPoint", "BinaryInteger"]
    if result == "assign":
        return [(f"<T: {bound}>(l: inout T, r: T)", "") for bound in bounds] + [
            ("<S: SIMD>(l: inout S, r: S)", simd), ("<S: SIMD>(l: inout S, r: S.Scalar)", simd)]
    return [(f"<T: {bound}>(l: T, r: T) -> T", "") for bound in bounds] + [
        ("<S: SIMD>(l: S, r: S) -> S", simd), ("<S: SIMD>(l: S, r: S.Scalar) -> S", simd),
        ("<S: SIMD>(l: S.Scalar, r: S) -> S", simd)]


def appending(base, symbol, number, result):
    """Joining lists and texts: the mutant forgets what comes second."""
    if base not in ("+", "+="):
        return ""
    inout, joined = ("inout ", "") if result == "assign" else ("", " -> C")
    forgotten = "" if result == "assign" else "l"
    elements = " where E.Element == C.Element"
    return function(
        f"func {symbol}<C: RangeReplaceableCollection, E: Sequence>(l: {inout}C, r: E){joined}", number,
        forgotten, f"l {base} r", elements)


def function(head, number, mutated, original, clause=""):
    return (f"@inline(__always) @inlinable public {head}{clause} "
            f"{{ if isMutant({number}) {{ {answer(mutated, head)} }} else {{ {answer(original, head)} }} }}\n")


def answer(expression, head):
    return f"return {expression}" if "->" in head else expression


C_HEADER = """#include <stdbool.h>

// The mutant that is active, or -1, and which ones have been reached.
extern int activeMutant;
extern unsigned char reachedMutants[4096];

static inline bool isMutant(int number) {
    reachedMutants[number] = 1;
    return number == activeMutant;
}
"""

C_SOURCE = r"""#include "CMutants.h"
#include <stdio.h>
#include <stdlib.h>

int activeMutant = -1;
unsigned char reachedMutants[4096];

static void writeReached(void) {
    FILE *file = fopen(getenv("REACHED"), "a");
    for (int k = 0; file && k < 4096; k++)
        if (reachedMutants[k]) fprintf(file, "%d\n", k);
    if (file) fclose(file);
}

__attribute__((constructor)) static void start(void) {
    const char *number = getenv("MUTANT");
    if (number) activeMutant = atoi(number);
    if (getenv("REACHED")) atexit(writeReached);
}
"""

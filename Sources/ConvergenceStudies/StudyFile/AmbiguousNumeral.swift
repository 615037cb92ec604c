/// A plain scalar that YAML 1.1, YAML 1.2 and other readers do not take for the same thing.
struct AmbiguousNumeral {
    /// What it is to some readers and to others: `10`, `8 (octal)`.
    var readings: [String]
    /// The plain way to write it, or two of them.
    var remedy: String

    /// Nil for text on which readers agree.
    init?(_ text: String) {
        let sign = text.prefix { "+-".contains($0) }
        let digits = text.dropFirst(sign.count).lowercased()
        guard sign.count < 2 else { return nil }
        let minus = sign == "-" ? "-" : ""
        if let number = Self.inBase60(digits) {
            readings = ["\(minus)\(number) (base 60)", "text"]
            remedy = "write \(minus)\(number)"
        } else if let (number, base) = Self.withPrefix(digits) {
            readings = ["\(minus)\(number) (base \(base))", "text"]
            remedy = "write \(minus)\(number)"
        } else if digits.contains("_"), let number = Self.decimal(digits) {
            readings = ["\(minus)\(number)", "text"]
            remedy = "write \(minus)\(number)"
        } else if digits.wholeMatch(of: /0[0-9].*/) != nil, let number = Self.decimal(digits) {
            let octal = Int128(digits, radix: 8).map { "\(minus)\($0)" }
            readings = ["\(minus)\(number)", octal.map { "\($0) (octal)" } ?? "text"]
            remedy = "write \(minus)\(number)" + (octal.map { " (or \($0), if octal is meant)" } ?? "")
        } else {
            return nil
        }
    }

    /// A decimal numeral without its leading zeros and underscores.
    private static func decimal(_ digits: String) -> String? {
        guard digits.wholeMatch(of: /[0-9_]*\.?[0-9_]*(e[-+]?[0-9]+)?/) != nil,
            digits.contains(where: \.isNumber)
        else { return nil }
        let plain = digits.replacing("_", with: "").drop { $0 == "0" }
        return plain.first?.isNumber == true ? String(plain) : "0" + plain
    }

    private static func withPrefix(_ digits: String) -> (number: Int128, base: Int)? {
        let bases = [("0x", 16), ("0o", 8), ("0b", 2)]
        guard let (prefix, base) = bases.first(where: { digits.hasPrefix($0.0) }) else { return nil }
        let rest = digits.dropFirst(prefix.count).replacing("_", with: "")
        return Int128(rest, radix: base).map { ($0, base) }
    }

    /// `1:30` is 90, `1:00:00.5` is 3600.5.
    private static func inBase60(_ digits: String) -> String? {
        guard digits.wholeMatch(of: /[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?/) != nil else { return nil }
        let places = digits.replacing("_", with: "").split(separator: ":").compactMap { Double($0) }
        return places.reduce(0) { 60 * $0 + $1 }.shortest
    }
}

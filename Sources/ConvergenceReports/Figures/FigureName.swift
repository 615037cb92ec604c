/// What a figure is called: in the names of its files, after `--figure`, and in a page's links.
enum FigureName {
    /// `spike-times-exact-propagator-hermite`: letters, digits and single hyphens.
    ///
    /// What names have in common otherwise, such as `a+b` and `a-b`, is told apart by a hash behind them.
    static func of(_ parts: String...) -> String {
        let text = parts.joined(separator: "-")
        var name = ""
        for character in text.unicodeScalars {
            let isPlain =
                character.isASCII && character.properties.isAlphabetic || ("0"..."9").contains(character)
            if isPlain {
                name.unicodeScalars.append(character)
            } else if !name.isEmpty, !name.hasSuffix("-") {
                name.append("-")
            }
        }
        while name.hasSuffix("-") { name.removeLast() }
        // Blanks and the sign between scheme and spike rule say no more than a hyphen.
        let isTold = text.unicodeScalars.allSatisfy {
            $0.isASCII && $0.properties.isAlphabetic || ("0"..."9").contains($0)
                || " -+.,[]".unicodeScalars.contains($0)
        }
        return isTold ? name : "\(name)-\(hash(text))"
    }

    /// Four hexadecimal digits.
    private static func hash(_ text: String) -> String {
        let sum = text.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String((sum ^ sum >> 16) & 0xFFFF, radix: 16)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }
}

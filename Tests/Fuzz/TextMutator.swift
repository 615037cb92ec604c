/// Changes numbers, words and lines, and leaves the rest of a text as it is.
enum TextMutator {
    private static let numbers = [
        "0", "-0", "1", "-1", "2", "1e-300", "1e300", "-1e300", "1e9", "-1e9", "5e-324", "1e999", "0.1",
        "1024",
        "65536", "100000", "4294967296", "9007199254740993", "9223372036854775807", "-9223372036854775808",
        "18446744073709551616", "1e18", "nan", "inf", "null", "true", "\"\"", "[]", "{}", "[[[[]]]]",
    ]

    static func changed(_ bytes: [UInt8], _ generator: inout Generator) -> [UInt8] {
        // A binary file may begin with a text.
        let text = bytes.prefix { $0 < 0x80 }
        guard !text.isEmpty else { return Array("0".utf8) }
        let rest = bytes[text.endIndex...]
        var changed = Array(text)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            changed = once(changed, &generator)
        }
        return changed + rest
    }

    private static func once(_ text: [UInt8], _ generator: inout Generator) -> [UInt8] {
        switch generator.next() % 8 {
        case 0...3: exchanging(text, ofNumbers: true, &generator)
        case 4, 5: exchanging(text, ofNumbers: false, &generator)
        default: movingLines(text, &generator)
        }
    }

    /// A number or a word becomes another one, of the same text or one that is likely to be troublesome.
    private static func exchanging(_ text: [UInt8], ofNumbers: Bool, _ generator: inout Generator) -> [UInt8]
    {
        let tokens = tokens(text, areNumbers: ofNumbers)
        guard let old = tokens.randomElement(using: &generator) else { return text }
        let isStrange = ofNumbers && Bool.random(using: &generator)
        let new =
            isStrange
            ? Array(numbers.randomElement(using: &generator)!.utf8)
            : Array(text[tokens.randomElement(using: &generator)!])
        return Array(text[..<old.lowerBound] + new + text[old.upperBound...])
    }

    private static func tokens(_ text: [UInt8], areNumbers: Bool) -> [Range<Int>] {
        func belongs(_ byte: UInt8) -> Bool {
            let character = Character(Unicode.Scalar(byte))
            let isNumeric = character.isNumber || "+-.".contains(character)
            return areNumbers ? isNumeric : character.isLetter || character == "_" || character == "-"
        }
        var tokens: [Range<Int>] = []
        var start: Int?
        for k in 0...text.count {
            let isInside = k < text.count && belongs(text[k])
            if isInside, start == nil { start = k }
            if !isInside, let begin = start {
                tokens.append(begin..<k)
                start = nil
            }
        }
        return tokens
    }

    /// A line, or what is between two commas, is removed, doubled, or put in another place.
    private static func movingLines(_ text: [UInt8], _ generator: inout Generator) -> [UInt8] {
        let separator = UInt8(ascii: Bool.random(using: &generator) ? "\n" : ",")
        var pieces = text.split(separator: separator, omittingEmptySubsequences: false)
        let from = Int.random(in: 0..<pieces.count, using: &generator)
        let piece = pieces[from]
        switch generator.next() % 3 {
        case 0: pieces.remove(at: from)
        case 1: pieces.insert(piece, at: Int.random(in: 0...pieces.count, using: &generator))
        default: pieces[Int.random(in: 0..<pieces.count, using: &generator)] = piece
        }
        return Array(pieces.joined(separator: [separator]))
    }
}

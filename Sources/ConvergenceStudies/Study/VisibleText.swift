/// Text from files, programs and the command line, made safe to show: what a terminal or a browser would obey instead of
/// show is written out, as in Python: `\x1b`, `\u202e`.
///
/// Meant are control characters, which move cursors and change colours, format characters, which turn or hide text, and
/// the separators of lines and paragraphs.  Text that is shown already is left as it is.
extension String {
    /// For text on one line.
    package var visible: String { Self.shown(self, where: \.isHidden) }

    /// For text that may have several lines; those and tabs are kept.
    package var visibleLines: String { Self.shown(self) { $0.isHidden && $0 != "\n" && $0 != "\t" } }

    /// For finished JSON, whose writer escapes only the characters that JSON's grammar forbids.
    package var visibleJSON: String {
        guard unicodeScalars.contains(where: { $0.isHidden && $0 != "\n" }) else { return self }
        return unicodeScalars.map { scalar -> String in
            guard scalar.isHidden, scalar != "\n" else { return String(scalar) }
            return String(scalar).utf16.map { "\\u" + hexadecimal(UInt32($0), digits: 4) }.joined()
        }.joined()
    }

    private static func shown(_ text: String, where isHidden: (Unicode.Scalar) -> Bool) -> String {
        guard text.unicodeScalars.contains(where: isHidden) else { return text }
        return text.unicodeScalars.map { isHidden($0) ? $0.written : String($0) }.joined()
    }
}

extension Unicode.Scalar {
    /// Whether it is obeyed, not shown.
    package var isHidden: Bool {
        // Most text is plain ASCII, which needs no look into tables.
        if value < 0x7F { return value < 0x20 }
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: return true
        default: return false
        }
    }

    fileprivate var written: String {
        switch self {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default:
            value < 0x100
                ? "\\x" + hexadecimal(value, digits: 2)
                : value < 0x10000
                    ? "\\u" + hexadecimal(value, digits: 4) : "\\U" + hexadecimal(value, digits: 8)
        }
    }
}

private func hexadecimal(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}

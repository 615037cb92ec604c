import Mustache

/// Text made safe inside XML and HTML, in element content and in quoted attributes.
struct XMLText: MustacheContentType {
    /// The name by which a Mustache template asks for this escaping.
    static let contentType: String = {
        MustacheContentTypes.register(XMLText(), named: "XML")
        return "XML"
    }()

    func escapeText(_ text: String) -> String { Self.escape(text) }

    /// Works on scalars, not on characters: "<" with a combining accent is one character but still opens a tag.
    static func escape(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return result
    }

    /// XML 1.0 has no way to write the other control characters.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}

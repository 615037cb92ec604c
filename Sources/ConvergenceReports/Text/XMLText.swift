import ConvergenceStudies
import Mustache

/// Text made safe and visible inside XML and HTML, in element content and in quoted attributes.
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
        for scalar in text.visibleLines.unicodeScalars {
            switch scalar {
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "&": result += "&amp;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            // XML 1.0 has no way to write the two noncharacters, which are no text, either.
            case "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

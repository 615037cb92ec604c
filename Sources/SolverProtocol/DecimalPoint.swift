import Foundation

/// A number that is written with a decimal point or an exponent, whatever its value: `1.0`.
///
/// Foundation writes whole numbers without, which makes integers of them where these are a type of their own: in Python
/// times that are made of `"h": 1` would be integers, and so would the array they are saved in.
struct DecimalPoint: Encodable {
    /// No character of any text, so that what follows it cannot be mistaken.
    private static let mark = "\u{FFFF}"

    private let value: Double

    init(_ value: Double) { self.value = value }

    /// - Throws: `EncodingError` where the number is infinite or none.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        guard value.isFinite else {
            throw EncodingError.invalidValue(
                value, .init(codingPath: encoder.codingPath, debugDescription: "JSON has no such number"))
        }
        try container.encode("\(Self.mark)\(value)")
    }

    /// Finished JSON, with the numbers in their places.
    static func written(in json: Data) -> Data {
        let text = String(decoding: json, as: UTF8.self)
        return Data(text.replacing("\"\(mark)", with: mark).pieces(after: mark).utf8)
    }
}

extension String {
    /// Without the mark before each number and the quote after it.
    fileprivate func pieces(after mark: String) -> String {
        let parts = components(separatedBy: mark)
        return parts[0]
            + parts.dropFirst().map { part in
                let end = part.firstIndex(of: "\"") ?? part.endIndex
                return part[..<end] + part[end...].dropFirst()
            }.joined()
    }
}

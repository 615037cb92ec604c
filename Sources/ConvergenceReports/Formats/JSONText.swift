import ConvergenceStudies
import Foundation

/// JSON as reports have it: sorted keys and fixed indentation, so that the same values are the same bytes.
enum JSONText {
    /// - Throws: `EncodingError` where a number is not finite.
    static func of(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self).visibleJSON + "\n"
    }
}

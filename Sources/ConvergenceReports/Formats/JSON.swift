import ConvergenceStudies
import Foundation

/// `result.json`: everything a study found; the file other reports are made from.
public struct JSONReport: ReportFormat {
    public let name = "json"
    public let fileName: String? = "result.json"
    public let summary = "everything that was found; the other formats are made from it"

    public init() {}

    public func render(_ result: StudyResult) throws -> String {
        do {
            return try JSONText.of(result)
        } catch EncodingError.invalidValue(_, let context) {
            throw ReportError.notFinite(field: Self.field(context.codingPath))
        }
    }

    /// Reads what `render` wrote.
    ///
    /// - Throws: `ReportError.formatVersion` for a file of another format version, even one whose fields differ;
    ///   `.incomplete` for text that ends early; `.malformed` for anything else that is not a result, or holds what none can hold.
    public static func decode(_ text: String) throws -> StudyResult {
        let data = Data(text.utf8)
        let version = try decoded(VersionOnly.self, from: data).header.formatVersion
        guard version == Header.currentFormatVersion else {
            throw ReportError.formatVersion(found: version, supported: Header.currentFormatVersion)
        }
        let result = try decoded(StudyResult.self, from: data)
        try ResultPlausibility.check(result)
        return result
    }

    private struct VersionOnly: Decodable {
        struct Header: Decodable {
            var formatVersion: Int
            enum CodingKeys: String, CodingKey { case formatVersion = "format_version" }
        }
        var header: Header
    }

    private static func decoded<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        do {
            return try JSONDecoder().decode(type, from: data)
        } catch DecodingError.keyNotFound(let key, let context) {
            throw ReportError.malformed(field: field(context.codingPath + [key]), reason: "is missing")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw ReportError.malformed(
                field: field(context.codingPath), reason: "has a value of the wrong type")
        } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
            throw ReportError.incomplete(data.isEmpty ? "it is empty" : "\(data.count) bytes")
        } catch DecodingError.dataCorrupted(let context) {
            throw ReportError.malformed(field: field(context.codingPath), reason: context.debugDescription)
        }
    }

    private static func field(_ path: [any CodingKey]) -> String {
        path.map { key in key.intValue.map(String.init) ?? key.stringValue }.joined(separator: ".")
    }
}

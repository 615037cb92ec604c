import ConvergenceStudies
import Foundation

public protocol ReportFormat: Sendable {
    var name: String { get }
    var fileName: String? { get }
    var summary: String { get }
    func render(_ result: StudyResult) throws -> String
}

public enum ReportCatalogue {
    public static let formats: [any ReportFormat] = [JSONReport()]

    public static func format(named name: String) -> (any ReportFormat)? {
        formats.first { $0.name == name }
    }
}

public struct JSONReport: ReportFormat {
    public let name = "json"
    public let fileName: String? = "result.json"
    public let summary = "everything that was found; the other formats are made from it"

    public init() {}

    public func render(_ result: StudyResult) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(result), as: UTF8.self) + "\n"
    }

    public static func decode(_ text: String) throws -> StudyResult {
        try JSONDecoder().decode(StudyResult.self, from: Data(text.utf8))
    }
}

import Foundation

/// The accepted moments of a study, kept under version control: a snapshot of how wrong its integrators are.
public struct Baseline: Equatable, Sendable {
    public static let currentFormatVersion = 1

    public var study: String
    /// In the order of the study.
    public var series: [SeriesSample]

    public init(study: String, series: [SeriesSample]) {
        self.study = study
        self.series = series
    }

    /// What a run could be accepted as.
    public init(_ result: StudyResult) {
        self.init(study: result.header.study, series: result.samples)
    }

    /// What `accept` did, by name.
    public struct Changes: Equatable, Sendable {
        public var accepted: [String]
        public var removed: [String]

        public var isEmpty: Bool { accepted.isEmpty && removed.isEmpty }
    }

    /// Makes the series whose names `pattern` matches those of `candidate`: they are taken over, or removed where the
    /// candidate has them no more.  All others stay as they are.
    ///
    /// - Parameter pattern: A shell pattern for the whole name; `*` also matches slashes.
    public mutating func accept(_ pattern: String, from candidate: Baseline) -> Changes {
        func isMatched(_ sample: SeriesSample) -> Bool { fnmatch(pattern, sample.name, 0) == 0 }
        let accepted = candidate.series.filter(isMatched)
        let replacing = Dictionary(uniqueKeysWithValues: accepted.map { ($0.name, $0) })
        let measured = Set(candidate.series.map(\.name))
        let removed = series.filter { isMatched($0) && !measured.contains($0.name) }.map(\.name)
        let known = Set(series.map(\.name))
        series =
            series.filter { !removed.contains($0.name) }.map { replacing[$0.name] ?? $0 }
            + accepted.filter { !known.contains($0.name) }
        return Changes(accepted: accepted.map(\.name), removed: removed)
    }
}

/// Why a baseline cannot be read.
public enum BaselineError: Error, Equatable, CustomStringConvertible {
    case notABaseline(String)
    case formatVersion(Int)
    case inconsistent(series: String)

    public var description: String {
        switch self {
        case .notABaseline(let reason):
            "is no baseline (\(reason)); restore it from version control, or delete it and accept a new one"
        case .formatVersion(let version):
            "has format version \(version), this tool reads \(Baseline.currentFormatVersion); accept a new one"
        case .inconsistent(let series):
            "the moments of \(series) do not fit each other; restore the file, or delete it and accept a new one"
        }
    }
}

/// The file: JSON with a line for each series, so that a change is a line in a diff.
extension Baseline {
    private struct Document: Codable {
        var formatVersion: Int
        var study: String
        var series: [SeriesSample]

        enum CodingKeys: String, CodingKey {
            case study, series
            case formatVersion = "format_version"
        }
    }

    private struct Version: Decodable {
        var formatVersion: Int
        enum CodingKeys: String, CodingKey { case formatVersion = "format_version" }
    }

    public func text() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func json(_ value: some Encodable) throws -> String {
            String(decoding: try encoder.encode(value), as: UTF8.self)
        }
        let lines = try series.map(json).joined(separator: ",\n")
        return """
            {"format_version":\(Self.currentFormatVersion),"study":\(try json(study)),"series":[
            \(lines)
            ]}

            """
    }

    /// - Throws: `BaselineError`.
    public init(text: String) throws(BaselineError) {
        let data = Data(text.utf8)
        let document: Document
        do {
            let version = try JSONDecoder().decode(Version.self, from: data).formatVersion
            guard version == Self.currentFormatVersion else { throw BaselineError.formatVersion(version) }
            document = try JSONDecoder().decode(Document.self, from: data)
        } catch let error as BaselineError {
            throw error
        } catch DecodingError.keyNotFound(let key, _) {
            throw .notABaseline("it has no \(key.stringValue)")
        } catch {
            throw .notABaseline("it is not JSON, or something in it has the wrong type")
        }
        if let wrong = document.series.first(where: { !$0.isConsistent }) {
            throw .inconsistent(series: wrong.name)
        }
        var names: Set<String> = []
        if let twice = document.series.first(where: { !names.insert($0.name).inserted }) {
            throw .notABaseline("it has \(twice.name) twice")
        }
        self.init(study: document.study, series: document.series)
    }
}

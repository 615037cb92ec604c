import ConvergenceStudies
import Foundation

/// GitLab's code quality report, which it shows beside the changes of a merge request.
public enum CodeQuality {
    private struct Issue: Encodable {
        var description: String
        var checkName: String
        /// The same for the same check in every run, so that GitLab can tell new issues from old ones.
        var fingerprint: String
        var severity: String
        var location: Location

        enum CodingKeys: String, CodingKey {
            case description, fingerprint, severity, location
            case checkName = "check_name"
        }
    }

    private struct Location: Encodable {
        struct Lines: Encodable { var begin = 1 }
        var path: String
        var lines = Lines()
    }

    public static func text(of studies: [CheckedStudy]) throws -> String {
        let issues = CheckCase.all(of: studies).filter { $0.kind == .failure || $0.kind == .error }.map {
            Issue(
                description: "\($0.study): \($0.headline)".visibleLines, checkName: "spikeverify-\($0.type)",
                fingerprint: StudyHash.fnv1a("\($0.file)\n\($0.name)\n\($0.type)".utf8),
                severity: $0.kind == .failure ? "critical" : "major", location: .init(path: $0.file.visible))
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(issues), as: UTF8.self) + "\n"
    }
}

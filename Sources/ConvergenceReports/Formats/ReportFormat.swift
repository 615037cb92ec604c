import ConvergenceStudies

/// One way of writing a result down.
public protocol ReportFormat: Sendable {
    /// What `--format` calls it.
    var name: String { get }
    /// The file it is written to beside the other formats of the same result; nil for one that is only shown.
    var fileName: String? { get }
    /// One line for `spikeverify list formats`.
    var summary: String { get }

    /// The whole document, ending in a newline.
    ///
    /// - Throws: `ReportError` where the result holds something the format cannot express.
    func render(_ result: StudyResult) throws -> String
}

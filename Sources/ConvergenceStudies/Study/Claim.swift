/// A statement of theory that a study puts to the test.
public struct Claim: Codable, Hashable, Sendable {
    /// In words: `the mean-square error is O(h) up to logarithms`.
    public var statement: String
    /// Where it is made: a DOI, an arXiv number, a section.
    public var source: String

    public init(statement: String, source: String) {
        self.statement = statement
        self.source = source
    }
}

import SpikingNumerics

/// A kind of truth that errors are measured against, with what the study's file says of it.
///
/// Whatever is to be known of it stands at its type; `ReferenceCatalogue` lists the types.
protocol ReferenceKind: Hashable, Sendable {
    /// As study files name it.
    static var name: String { get }
    /// A line for a list of references.
    static var summary: String { get }
    /// What it is, in a report's description of how its numbers were found; nil where its name says that.
    static var explanation: String? { get }
    /// Whether a study that names none may get it.
    static var isChosenUnasked: Bool { get }
    /// What its name alone means.
    ///
    /// - Parameter problem: Nil where that was reported as wrong.
    static func usual(for problem: Problem?) -> Self

    /// As results name the integrator of the reference's scalars.
    var name: String { get }
    /// For a person, with what it was chosen to have.
    var written: String { get }
    /// Whether there is nothing of it without paths.
    var needsPaths: Bool { get }
    /// All that speaks against it at once, so that a study is put right in one go.
    func objections(_ problem: Problem, measures: [Study.MeasureChoice]) -> [ReferenceObjection]
    /// - Throws: `StudyPlanError`; `GSLError` and `FokkerPlanckError` where a law cannot be solved for.
    func integrator(for problem: Problem) throws -> any Integrator
    /// Which of the tree's cells it takes.
    ///
    /// - Parameter levels: Those of the study's steps.
    func level(_ problem: Problem, forest: BrownianForest, levels: [Int]) -> Int
    /// The integrator of the catalogue that it runs on a grid of its own, and the step of that; nil where there is none.
    func grid(finestStep: Double) -> (integrator: String, step: Double)?
    /// It cannot take longer cells, ms; nil where it takes all.
    func longestCell(_ problem: Problem) -> Double?
}

extension ReferenceKind {
    static var explanation: String? { nil }
    static var isChosenUnasked: Bool { true }

    var name: String { Self.name }
    var written: String { name }
    var needsPaths: Bool { true }
    func grid(finestStep: Double) -> (integrator: String, step: Double)? { nil }
    func longestCell(_ problem: Problem) -> Double? { nil }

    /// A law or an oracle takes no cells of its own, so it can have the widest there are.
    func level(_ problem: Problem, forest: BrownianForest, levels: [Int]) -> Int { levels.min()! }
}

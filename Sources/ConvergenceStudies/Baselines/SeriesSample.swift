import SpikingNumerics

/// The moments of one series, from which values, intervals and comparisons are made: what a baseline is made of.
///
/// A series is one measure of one integrator on one case, at all steps of its study.  Its paths each give a vector with
/// one component per step, or two for a ratio: what is averaged and what it is counted per.
public struct SeriesSample: Codable, Equatable, Sendable {
    public var study: String
    /// `network`, or the name of a population.
    public var `case`: String
    public var integrator: String
    public var reference: String
    public var measure: String
    public var observable: String
    /// How the value comes from the means: `mean`, `probability`, `root-mean`, `ratio`, `root-ratio`.
    public var estimate: String
    /// ms, in the order of the components.
    public var steps: [Double]
    /// The number of paths.
    public var paths: Int
    /// The mean of every component.
    public var mean: [Double]
    /// Σ (x_i - mean_i)(x_j - mean_j) for j ≤ i, by rows: on the diagonal M2 of each component, beside it what the
    /// steps, which share their paths, have in common.
    public var comoments: [Double]
    /// (Σe²)²/Σe⁴ of each step, the number of paths that effectively carry the error.
    public var effectiveSample: [Double]
    /// The largest |value| of a path at each step, and the mean of what e² is there; nil in files of versions that did not
    /// keep them.
    public var largest: [Double]?
    public var meanSquare: [Double]?
    /// What an event adds to a path's value at the most; likewise.
    public var eventSize: Double?
    /// What rounding alone makes of the value, step by step.
    public var roundingFloor: [Double]
    public var seed: UInt64
    /// FNV-1a 64 of the study text, as in the header of a result.
    public var studyHash: String
    public var toolVersion: String

    enum CodingKeys: String, CodingKey {
        case study, `case`, integrator, reference, measure, observable, estimate, steps, paths, mean,
            comoments, seed, largest
        case effectiveSample = "effective_sample"
        case roundingFloor = "rounding_floor"
        case meanSquare = "mean_square"
        case eventSize = "event_size"
        case studyHash = "study_hash"
        case toolVersion = "tool_version"
    }

    /// - Parameter header: Only its study, hash, seed and version count.
    package init(
        header: Header, case: String, integrator: String, reference: String, measure: String,
        observable: String,
        estimate: Estimate, steps: [Double], roundingFloor: [Double], eventSize: Double,
        moments: Moments
    ) {
        study = header.study
        self.case = `case`
        (self.integrator, self.reference) = (integrator, reference)
        (self.measure, self.observable) = (measure, observable)
        self.estimate = estimate.name
        (self.steps, self.roundingFloor) = (steps, roundingFloor)
        paths = moments.count
        (mean, comoments) = moments.central
        effectiveSample = steps.indices.map(moments.effectiveSample)
        largest = moments.largest
        meanSquare = moments.squares.map { $0 / Double(moments.count) }
        self.eventSize = eventSize
        (seed, studyHash, toolVersion) = (header.seed, header.studyHash, header.toolVersion)
    }

    /// `quickstart/network/euler-maruyama/weak/cos-V`: what `accept --case` is matched with.
    public var name: String {
        ([study, `case`, integrator, measure] + (observable.isEmpty ? [] : [observable])).joined(
            separator: "/")
    }

    var kind: Estimate? { Estimate(name: estimate) }

    /// Whether every number is the same, so that it was the same paths and the same arithmetic.
    func hasTheNumbers(of other: SeriesSample) -> Bool {
        seed == other.seed && paths == other.paths && steps == other.steps && mean == other.mean
            && comoments == other.comoments
    }

    /// Σ (x_i - mean_i)(x_j - mean_j).
    func comoment(_ i: Int, _ j: Int) -> Double {
        let (row, column) = (max(i, j), min(i, j))
        return comoments[row * (row + 1) / 2 + column]
    }

    /// Whether the arrays fit each other, as they do unless a file was edited by hand.
    var isConsistent: Bool {
        guard let kind else { return false }
        let dimension = (kind.isRatio ? 2 : 1) * steps.count
        let largestPaths = Int(Study.Sampling.admissiblePaths.upperBound)
        return (1...largestPaths).contains(paths) && mean.count == dimension
            && comoments.count == dimension * (dimension + 1) / 2
            && effectiveSample.count == steps.count && roundingFloor.count == steps.count
            && (largest?.count ?? steps.count) == steps.count
            && (meanSquare?.count ?? steps.count) == steps.count
            && (kind != .probability || mean.allSatisfy { 0...1 ~= $0 })
    }
}

extension Moments {
    /// The means, and the comoments about them by rows.
    var central: (mean: [Double], comoments: [Double]) {
        let mean = sum.indices.map(self.mean)
        let scale = Double(count) * Double(count - 1)
        let comoments = sum.indices.flatMap { i in
            (0...i).map { j in count > 1 ? covarianceOfMeans(i, j) * scale : 0 }
        }
        return (mean, comoments)
    }
}

extension Estimate {
    private static let names: [(Estimate, String)] = [
        (.mean, "mean"), (.probability, "probability"), (.rootMean, "root-mean"), (.ratio, "ratio"),
        (.rootRatio, "root-ratio"),
    ]

    /// Nil for a name that none has.
    init?(name: String) {
        guard let match = Self.names.first(where: { $0.1 == name }) else { return nil }
        self = match.0
    }

    var name: String { Self.names.first { $0.0 == self }!.1 }
}

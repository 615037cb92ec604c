import ConvergenceStudies

/// `crossing-speeds.csv`: the reference's spikes, one a line, for whoever fits the tail of the crossing speeds.
public struct CrossingsReport: ReportFormat {
    public let name = "crossings"
    public let fileName: String? = "crossing-speeds.csv"
    public let summary = "the reference's spikes with their crossing speeds, in the order of the paths"

    public init() {}

    /// - Throws: `ReportError.noCrossings` for a result read from `result.json`, which does not hold them.
    public func render(_ result: StudyResult) throws -> String {
        let spikes = result.distributions.filter { $0.name == "crossing-speed" }
            .reduce(0) { $0 + $1.counts.reduce($1.below + $1.above, +) }
        guard !result.crossings.isEmpty || spikes == 0 else { throw ReportError.noCrossings }
        return result.crossings.reduce(into: "path,neuron,time,crossing_speed\n") { text, crossing in
            text += "\(crossing.path),\(crossing.neuron),\(crossing.time),\(crossing.speed)\n"
        }
    }
}

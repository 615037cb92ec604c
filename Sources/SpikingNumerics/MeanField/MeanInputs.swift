/// What neurons of each population receive on average, in parts that may cancel.
public struct MeanInputs: Sendable {
    private let populations: [MeanFieldPopulation]
    /// First neurons of the populations, and the end.
    private let bounds: [Int]

    /// Why the inputs of a problem have no mean.
    public static func refusals(of problem: Problem) -> [String] {
        MeanFieldPopulation.refusals(of: problem)
    }

    /// - Throws: `MeanField.Refusal`.
    public init(_ problem: Problem) throws(MeanField.Refusal) {
        let reasons = Self.refusals(of: problem)
        guard reasons.isEmpty else { throw MeanField.Refusal(reasons: reasons) }
        populations = MeanFieldPopulation.all(of: problem)
        bounds = populations.reduce(into: [0]) { $0.append($0.last! + $1.size) }
    }

    /// |Σ parts| / Σ |parts| over the drive and the input from each population, on average over some neurons; nil where nothing
    /// comes in.
    ///
    /// - Parameter rates: Of every neuron, in 1/ms.
    public func balance(of neurons: Range<Int>, rates: [Double]) -> Double? {
        let means = populations.indices.map { k in
            rates[bounds[k]..<bounds[k + 1]].reduce(0, +) / Double(populations[k].size)
        }
        var (sum, weight) = (0.0, 0.0)
        for (k, population) in populations.enumerated() {
            let count = Double(neurons.clamped(to: bounds[k]..<bounds[k + 1]).count)
            guard count > 0 else { continue }
            let parts = [population.external.mean] + zip(means, population.couplings).map { $0 * $1.mean }
            let sizes = parts.reduce(0) { $0 + abs($1) }
            guard sizes > 0 else { continue }
            sum += count * abs(parts.reduce(0, +)) / sizes
            weight += count
        }
        return weight > 0 ? sum / weight : nil
    }
}

import SpikingNumerics

/// How neurons of a population vary, alone and together, and how far their inputs cancel.
struct PopulationStatistics: PathProbe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "population-statistics",
        summary:
            "Fano factor and pair correlation of spike counts, and how far excitation and inhibition cancel, for every "
            + "integrator and step",
        measures: [])

    static let fanoFactor = ScalarDescriptor(
        "fano-factor", remedy: remedy,
        sentence:
            "Variance of a neuron's spike count in the simulated time over its mean, over paths: 1 for a Poisson process; "
            + "variances and means are summed over neurons.")
    static let pairCorrelation = ScalarDescriptor(
        "pair-correlation", remedy: remedy,
        sentence:
            "Correlation of two neurons' spike counts in the simulated time, over paths: the mean covariance of pairs over "
            + "the mean product of their standard deviations.")
    static let balanceFactor = ScalarDescriptor(
        "balance-factor", remedy: remedy,
        sentence:
            "Size of a neuron's mean input, the drive included, over the sum of the sizes of its parts, one for each "
            + "population: 1 where nothing cancels, 0 where everything does.")
    static let scalars = [fanoFactor, pairCorrelation, balanceFactor]

    static func findings(in study: StudyOutline) -> [Finding] {
        guard study.isSampled, study.asks(for: family) else { return [] }
        return study.neurons > 1
            ? scalars.map { Finding($0) } : [Finding(fanoFactor), Finding(balanceFactor)]
    }

    static func refusals(of problem: Problem) -> [String] {
        MeanInputs.refusals(of: problem).map { "\(family!.name) adds up inputs by their rates: \($0)" }
    }

    private let cases: [Range<Int>]
    private let participants: Int
    private let neurons: Int
    private let duration: Double
    private let inputs: MeanInputs

    init?(_ plan: StudyPlan) {
        guard StudyOutline(plan.study).asks(for: Self.family),
            let inputs = try? MeanInputs(plan.study.problem)
        else { return nil }
        cases = plan.cases.map(\.neurons)
        participants = plan.tested.count + 1
        neurons = plan.study.problem.network.neuronCount
        duration = plan.study.problem.duration
        self.inputs = inputs
    }

    var blank: [SpikeCountSums] {
        .init(repeating: SpikeCountSums(neurons: neurons, cases: cases.count), count: participants)
    }

    func add(_ path: SampledPath, to sums: inout [SpikeCountSums]) {
        for participant in path.participants {
            sums[participant].add(
                path: path.number,
                path.neurons.map { path.spikes(of: participant, neuron: $0).count }, cases)
        }
    }

    func scalars(_ sums: [SpikeCountSums], participant: Int, case c: Int, _ results: ResultBuilder)
        -> [Scalar]
    {
        statistics(sums[participant], c).map { descriptor, found in
            var scalar = results.scalar(
                participant, c, descriptor, method: results.participantName(participant),
                found.map { results.estimated($0.corrected, variance: $0.variance, count: $0.groups) })
            scalar.freedom = found.map { Double($0.groups - 1) }
            return scalar
        }
    }

    func valuesLeavingOut(_ sums: [SpikeCountSums], participant: Int, case c: Int) -> [String: [Double]] {
        statistics(sums[participant], c).reduce(into: [:]) { $0[$1.0.name] = $1.1?.parts }
    }

    private func statistics(_ sums: SpikeCountSums, _ c: Int) -> [(ScalarDescriptor, Jackknife.Found?)] {
        let range = cases[c]
        func found(_ value: (SpikeCountSums.Counts) -> Double?) -> Jackknife.Found? {
            Jackknife.found(used: sums.used) { sums.counts(range, case: c, leavingOut: $0).flatMap(value) }
        }
        var statistics = [
            (Self.fanoFactor, found(\.fanoFactor)),
            (
                Self.balanceFactor,
                Jackknife.found(used: sums.used) { group in
                    sums.rates(leavingOut: group, duration: duration).flatMap {
                        inputs.balance(of: range, rates: $0)
                    }
                }
            ),
        ]
        if range.count > 1 { statistics.insert((Self.pairCorrelation, found(\.pairCorrelation)), at: 1) }
        return statistics
    }
}

/// Spike counts of neurons and of cases over the paths of a process.
struct SpikeCountSums: Sendable {
    /// Group by group, and in a group neuron by neuron: Σ n and Σ n².
    private var sums: [Double]
    private var squares: [Double]
    /// Group by group, case by case: Σ of the square of all spikes of the case.
    private var squaresTogether: [Double]
    private var paths: [Int]

    private var neurons: Int { sums.count / Jackknife.groups }

    init(neurons: Int, cases: Int) {
        sums = .init(repeating: 0, count: Jackknife.groups * neurons)
        squares = sums
        squaresTogether = .init(repeating: 0, count: Jackknife.groups * cases)
        paths = .init(repeating: 0, count: Jackknife.groups)
    }

    mutating func add(path: Int, _ counts: [Int], _ cases: [Range<Int>]) {
        let group = path % Jackknife.groups
        paths[group] += 1
        for (neuron, count) in counts.enumerated() {
            sums[group * neurons + neuron] += Double(count)
            squares[group * neurons + neuron] += Double(count * count)
        }
        for (c, range) in cases.enumerated() {
            let together = Double(counts[range].reduce(0, +))
            squaresTogether[group * cases.count + c] += together * together
        }
    }

    mutating func fold(_ later: SpikeCountSums) {
        for k in sums.indices {
            (sums[k], squares[k]) = (sums[k] + later.sums[k], squares[k] + later.squares[k])
        }
        for k in squaresTogether.indices { squaresTogether[k] += later.squaresTogether[k] }
        for k in paths.indices { paths[k] += later.paths[k] }
    }

    var used: [Int] { paths.indices.filter { paths[$0] > 0 } }

    /// Means and variances of the counts of some neurons over paths.
    struct Counts {
        /// Σ over neurons.
        var mean, variance, deviation: Double
        /// Of all their spikes together.
        var varianceTogether: Double

        var fanoFactor: Double? { mean > 0 ? variance / mean : nil }

        /// Σ of the covariances of pairs over Σ of the products of their deviations.
        var pairCorrelation: Double? {
            let products = deviation * deviation - variance
            return products > 0 ? (varianceTogether - variance) / products : nil
        }
    }

    /// Nil where fewer than two paths are left.
    func counts(_ range: Range<Int>, case c: Int, leavingOut left: Int?) -> Counts? {
        let groups = paths.indices.filter { $0 != left }
        let n = Double(groups.reduce(0) { $0 + paths[$1] })
        guard n > 1 else { return nil }
        let cases = squaresTogether.count / Jackknife.groups
        var counts = Counts(mean: 0, variance: 0, deviation: 0, varianceTogether: 0)
        for neuron in range {
            let (sum, square) = groups.reduce((0.0, 0.0)) {
                ($0.0 + sums[$1 * neurons + neuron], $0.1 + squares[$1 * neurons + neuron])
            }
            let variance = max(0, square - sum * sum / n) / (n - 1)
            counts.mean += sum / n
            counts.variance += variance
            counts.deviation += variance.squareRoot()
        }
        let together = groups.reduce(0) { $0 + squaresTogether[$1 * cases + c] }
        counts.varianceTogether = max(0, together - counts.mean * counts.mean * n) / (n - 1)
        return counts
    }

    /// Of every neuron, in 1/ms.
    func rates(leavingOut left: Int?, duration: Double) -> [Double]? {
        let groups = paths.indices.filter { $0 != left }
        let n = groups.reduce(0) { $0 + paths[$1] }
        guard n > 0 else { return nil }
        return (0..<neurons).map { neuron in
            groups.reduce(0) { $0 + sums[$1 * neurons + neuron] } / (Double(n) * duration)
        }
    }
}

extension SpikeCountSums: PathSums {
    mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
        try archive.property("sums", &sums)
        try archive.property("squares", &squares)
        try archive.property("together", &squaresTogether)
        try archive.property("paths", &paths)
    }
}

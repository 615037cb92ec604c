import SpikingNumerics

/// The rate along a ramp of the drive, and where it jumps.
struct RampProbe: PathProbe {
    static let foldUp = ScalarDescriptor(
        "fold-up", unit: "V-units/ms", remedy: remedy,
        sentence:
            "The drive at which, on the ramp's way there, the rate first reaches the middle between its lowest and its "
            + "highest: where a bistable network leaves its lower branch. A ramp that is fast overshoots.")
    static let foldDown = ScalarDescriptor(
        "fold-down", unit: "V-units/ms", remedy: remedy,
        sentence:
            "The drive at which, on the ramp's way back, the rate first falls below that middle: where a bistable network "
            + "leaves its upper branch. Without hysteresis it is where fold-up is.")
    static let scalars = [foldUp, foldDown]
    static let remedy = "add a ramp to the study"
    static let curve = "ramp-rate"

    static func findings(in study: StudyOutline) -> [Finding] {
        guard study.isSampled, let ramp = study.ramp else { return [] }
        return [Finding(foldUp)] + (ramp.comesBack ? [Finding(foldDown)] : [])
    }

    private let ramp: DriveRamp
    private let cases: [Range<Int>]
    private let participants: Int

    init?(_ plan: StudyPlan) {
        guard let ramp = plan.study.problem.ramp else { return nil }
        self.ramp = ramp
        cases = plan.cases.map(\.neurons)
        participants = plan.tested.count + 1
    }

    struct Sums: PathSums {
        /// Stair by stair, for each participant and case: rates in 1/ms.
        var rates: [Moments]
        /// Of the paths that have both: fold-up and fold-down.
        var folds: [Moments]

        mutating func fold(_ later: Sums) {
            rates.fold(later.rates)
            folds.fold(later.folds)
        }

        mutating func visit(_ archive: inout some Archive) throws(PartFileError) {
            try archive.property("rates", &rates)
            try archive.property("folds", &folds)
        }
    }

    var blank: Sums {
        let series = participants * cases.count
        return Sums(
            rates: .init(
                repeating: Moments(dimension: 1, levels: 0), count: series * ramp.stairsInAll),
            folds: .init(repeating: Moments(dimension: 1, levels: 0), count: 2 * series))
    }

    func add(_ path: SampledPath, to sums: inout Sums) {
        for participant in path.participants {
            for (c, neurons) in cases.enumerated() {
                let series = participant * cases.count + c
                let rates = rates(path, participant, neurons)
                for (stair, rate) in rates.enumerated() {
                    sums.rates[series * ramp.stairsInAll + stair].add([rate], squares: [])
                }
                let jumps = RampJumps(rates, ramp)
                if let up = jumps.up { sums.folds[2 * series].add([up], squares: []) }
                if let down = jumps.down { sums.folds[2 * series + 1].add([down], squares: []) }
            }
        }
    }

    /// Of some neurons, in 1/ms, on every stair.
    private func rates(_ path: SampledPath, _ participant: Int, _ neurons: Range<Int>) -> [Double] {
        var counts = [Int](repeating: 0, count: ramp.stairsInAll)
        for neuron in neurons {
            for spike in path.spikes(of: participant, neuron: neuron) {
                counts[ramp.stair(at: spike.time)] += 1
            }
        }
        let unit = Double(neurons.count) * ramp.time / Double(ramp.stairs)
        return counts.map { Double($0) / unit }
    }

    func scalars(_ sums: Sums, participant: Int, case c: Int, _ results: ResultBuilder) -> [Scalar] {
        let series = participant * cases.count + c
        let descriptors = ramp.comesBack ? [Self.foldUp, Self.foldDown] : [Self.foldUp]
        return descriptors.enumerated().map { k, descriptor in
            let moments = sums.folds[2 * series + k]
            var scalar = results.scalar(
                participant, c, descriptor, method: results.participantName(participant),
                moments.count > 0 ? results.mean(moments, 0) : nil)
            scalar.freedom = Double(max(0, moments.count - 1))
            if moments.count == 0 { scalar.note = "the rate makes no jump along the ramp" }
            return scalar
        }
    }

    /// Of the whole network and of every population: there and back, one curve.
    func curves(_ sums: Sums, _ results: ResultBuilder) -> [Curve] {
        (0..<participants).flatMap { participant in
            cases.indices.map { c in
                let first = (participant * cases.count + c) * ramp.stairsInAll
                let moments = sums.rates[first..<first + ramp.stairsInAll]
                return Curve(
                    name: "\(Self.curve)-\(results.plan.cases[c].name)",
                    integrator: results.participantName(participant), h: results.step(participant),
                    x: (0..<ramp.stairsInAll).map { ramp.value(stair: $0) }, y: moments.map { $0.mean(0) },
                    standardErrors: moments.map {
                        $0.count > 1 ? max(0, $0.covarianceOfMeans(0, 0)).squareRoot() : 0
                    })
            }
        }
    }
}

/// Where the rate of one path passes the middle between its extremes.
package struct RampJumps {
    /// The drive, in V-units/ms; nil where there is no jump.
    package private(set) var up: Double?
    package private(set) var down: Double?

    /// A rate that changes by less than this factor makes no jump.
    private static let smallestFactor = 2.0

    /// - Parameter rates: On every stair, there and back.
    package init(_ rates: [Double], _ ramp: DriveRamp) {
        let there = rates.prefix(ramp.stairs)
        guard let low = there.min(), let high = there.max(), high >= Self.smallestFactor * low, high > 0
        else {
            return
        }
        let middle = (low + high) / 2
        up = there.firstIndex { $0 >= middle }.map(ramp.value)
        guard ramp.comesBack, rates[ramp.stairs] >= middle else { return }
        down = rates.indices.dropFirst(ramp.stairs).first { rates[$0] < middle }.map(ramp.value)
    }
}

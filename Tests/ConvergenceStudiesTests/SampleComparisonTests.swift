import ConvergenceStudies
import NumericalMethods
import SpikingNumerics
import Testing

/// Samples drawn from known laws.  Where a rate is tested, the test itself raises a false alarm with probability 10⁻⁶
/// (binomial, normal quantile 4.9, seeds fixed).
@Suite("Comparing two samples")
struct SampleComparisonTests {
    private static let repetitions = 4000
    private static let alarm = 0.01

    /// The largest count of alarms that chance explains.
    private static func most(_ probability: Double) -> Int {
        let n = Double(repetitions)
        return Int(n * probability + 4.9 * (n * probability * (1 - probability)).squareRoot() + 1)
    }

    /// A reset-sized error on one path in 40, small ones on all others; the weak error of a solver.
    private static func heavy(_ random: inout SplitMix64) -> Double {
        random.uniform() < 0.025 ? 1 : 1e-3 * (random.uniform() - 0.5)
    }

    static let sizes = [(1000, 1000), (1000, 4000), (4000, 1000), (250, 4000)]

    @Test("heavy tails and unequal samples raise no more false alarms than allowed", arguments: sizes)
    func falseAlarms(old: Int, new: Int) throws {
        var random = SplitMix64(seed: 7)
        var alarms = 0
        for _ in 0..<Self.repetitions {
            let samples = [old, new].enumerated().map { k, n in
                Series.sample((0..<n).map { _ in [Self.heavy(&random)] }, seed: UInt64(k))
            }
            alarms += try Series.outcome(samples[0], samples[1], Self.alarm) == .same ? 0 : 1
        }
        #expect(alarms <= Self.most(Self.alarm))
    }

    @Test("shared paths, even where errors on them are opposite, raise no more false alarms than allowed")
    func sharedPaths() throws {
        var random = SplitMix64(seed: 8)
        var (alarms, asIfIndependent) = (0, 0)
        for _ in 0..<Self.repetitions {
            let deviations = (0..<400).map { _ in random.uniform() - 0.5 }
            let old = Series.sample(deviations.map { [1 + $0] }, seed: 1)
            let new = deviations.map { [1 - $0] }
            alarms += try Series.outcome(old, Series.sample(new, seed: 1), Self.alarm) == .same ? 0 : 1
            let other = Series.sample(new, seed: 2)
            asIfIndependent += try Series.outcome(old, other, Self.alarm) == .same ? 0 : 1
        }
        #expect(alarms <= Self.most(Self.alarm))
        #expect(asIfIndependent > Self.most(Self.alarm), "the test would notice if the seed were ignored")
    }

    /// Alternating 1 ± d have M2 = n d² exactly.  With as many paths on both sides the variance of the difference is
    /// Welch's, Σ M2/(n(n - 1)); with more of those that scatter most the pooled one is larger,
    /// Σ M2/(m + n - 2)·(1/m + 1/n).  All else that makes a change detectable is the same.
    @Test("unequal samples are compared by the pooled variance where that is larger", arguments: [0, 0.125])
    func pooled(deviation: Double) throws {
        func detectable(_ count: Int) throws -> Double {
            let old = Series.sample((0..<count).map { [$0 % 2 == 0 ? 1.5 : 0.5] }, seed: 1)
            let new = Series.sample((0..<1000).map { [$0 % 2 == 0 ? 1 + deviation : 1 - deviation] }, seed: 2)
            return try #require(Series.comparison(old, new, 1e-6).detectable)
        }
        let other = 1000 * deviation * deviation
        let welch = (250 + other) / (1000 * 999)
        let pooled = (1000 + other) / 4998 * (1 / 4000 + 1 / 1000)
        let ratio = try detectable(4000) / detectable(1000)
        #expect(abs(ratio - (pooled / welch).squareRoot()) < 1e-9)
    }

    @Test("a change of the size that is called detectable is noticed in 95 % of all cases")
    func power() throws {
        var random = SplitMix64(seed: 9)
        func sample(_ shift: Double, seed: UInt64) -> SeriesSample {
            Series.sample((0..<1000).map { _ in [1 + shift + random.uniform() - 0.5] }, seed: seed)
        }
        let detectable = try #require(
            Series.comparison(sample(0, seed: 1), sample(0, seed: 2), 1e-6).detectable)
        var noticed = 0
        for _ in 0..<Self.repetitions {
            let (old, new) = (sample(0, seed: 1), sample(detectable, seed: 2))
            noticed += try Series.outcome(old, new, 1e-6) == .worse ? 1 : 0
        }
        // The detectable change is itself estimated, to about 2 % of it, which is 1.2 % of the probability.
        let rate = Double(noticed) / Double(Self.repetitions)
        #expect(abs(rate - 0.95) < 0.012 + 4.9 * (0.95 * 0.05 / Double(Self.repetitions)).squareRoot())
    }

    @Test("the sign of a bias is part of the finding, its size decides")
    func signs() throws {
        func bias(_ value: Double, seed: UInt64) -> SeriesSample {
            var random = SplitMix64(seed: seed)
            return Series.sample((0..<4000).map { _ in [value + 0.1 * (random.uniform() - 0.5)] }, seed: seed)
        }
        let old = bias(-0.1, seed: 1)
        let expected: [(Double, SampleComparison.Outcome)] = [
            (-0.1, .same), (-0.2, .worse), (-0.05, .improved), (0.1, .changed), (0.2, .worse),
            (0.05, .improved),
        ]
        for (value, outcome) in expected {
            #expect(try Series.outcome(old, bias(value, seed: 2), 1e-6) == outcome, "\(value)")
        }
    }

    @Test("ratios are compared as ratios, whatever they are counted per")
    func ratios() throws {
        func sample(_ error: Double, spikes: Double, seed: UInt64) -> SeriesSample {
            var random = SplitMix64(seed: seed)
            let paths = (0..<4000).map { _ -> [Double] in
                let count = (spikes * (0.5 + random.uniform())).rounded()
                return [count * error * (0.5 + random.uniform()), count]
            }
            return Series.sample(paths, estimate: .ratio, seed: seed)
        }
        let old = sample(0.5, spikes: 10, seed: 1)
        #expect(try Series.outcome(old, sample(0.5, spikes: 30, seed: 2), 1e-6) == .same)
        #expect(try Series.outcome(old, sample(0.6, spikes: 10, seed: 2), 1e-6) == .worse)
        #expect(try Series.outcome(old, sample(0.6, spikes: 0, seed: 2), 1e-6) == .lost)
    }

    @Test("identical numbers pass without a test, and differences of rounding are none")
    func rounding() throws {
        let exact = Series.sample(.init(repeating: [0.25], count: 100), seed: 1)
        let identical = try Series.comparison(exact, exact, 1e-6)
        #expect(identical.relation == .identical && identical.outcome == .same && identical.detectable == 0)
        let near = Series.sample(.init(repeating: [0.25 + 1e-13], count: 100), seed: 1)
        #expect(try Series.outcome(exact, near, 1e-6) == .same)
        let far = Series.sample(.init(repeating: [0.25 + 1e-9], count: 100), seed: 1)
        #expect(try Series.outcome(exact, far, 1e-6) == .worse)
    }

    @Test("too few paths prove nothing, however far apart, and the verdict stays open")
    func fewPaths() throws {
        let old = Series.sample((0..<20).map { _ in [0.1] }, seed: 1)
        let new = Series.sample((0..<20).map { _ in [0.9] }, seed: 2)
        let comparison = try BaselineComparison(
            baseline: Baseline(study: "s", series: [old]), candidate: Baseline(study: "s", series: [new]))
        #expect(comparison.verdict == .inconclusive && comparison.comparisons[0].detectable == nil)
    }

    @Test("all comparisons together share the budget")
    func budget() throws {
        var random = SplitMix64(seed: 3)
        func series(_ seed: UInt64) -> [SeriesSample] {
            (0..<100).map { k in
                var sample = Series.sample((0..<500).map { _ in [random.uniform()] }, seed: seed)
                sample.case = "layer-\(k)"
                return sample
            }
        }
        let budget = FalseAlarmBudget(probability: 0.5)
        let (old, new) = (series(1), series(2))
        let all = try BaselineComparison(
            baseline: Baseline(study: "s", series: old), candidate: Baseline(study: "s", series: new),
            budget: budget)
        let one = try BaselineComparison(
            baseline: Baseline(study: "s", series: [old[0]]),
            candidate: Baseline(study: "s", series: [new[0]]),
            budget: budget.share(of: 100))
        #expect(
            all.comparisons.count == 100 && all.comparisons[0].detectable == one.comparisons[0].detectable)
        #expect(abs(budget.share(of: 100).symmetricQuantile - 3.4616) < 1e-4, "√(2 ln 400)")
    }
}

/// A series of one step, of one network.
private enum Series {
    static func sample(_ paths: [[Double]], estimate: Estimate = .mean, seed: UInt64) -> SeriesSample {
        var moments = Moments(dimension: paths[0].count, levels: 1)
        for path in paths { moments.add(path, squares: [path[0] * path[0]]) }
        let header = Header(
            formatVersion: 1, toolVersion: "", study: "s", title: "", studyText: "", studyHash: "",
            seed: seed,
            paths: paths.count, blocks: [], confidence: 0.95, host: "", time: .init())
        return SeriesSample(
            header: header, case: "network", integrator: "i", reference: "r", measure: "m", observable: "",
            estimate: estimate, steps: [0.5], roundingFloor: [1e-12], eventSize: 0, moments: moments)
    }

    static func comparison(_ old: SeriesSample, _ new: SeriesSample, _ probability: Double) throws
        -> SampleComparison
    {
        try BaselineComparison(
            baseline: Baseline(study: "s", series: [old]), candidate: Baseline(study: "s", series: [new]),
            budget: FalseAlarmBudget(probability: probability)
        ).comparisons[0]
    }

    static func outcome(_ old: SeriesSample, _ new: SeriesSample, _ probability: Double) throws
        -> SampleComparison.Outcome
    {
        try comparison(old, new, probability).outcome
    }
}

extension SplitMix64 {
    /// In 0 ..< 1, with 53 bits.
    fileprivate mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }
}

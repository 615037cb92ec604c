import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

/// A stream of uniform numbers for simulated errors.
struct Uniforms {
    private let generator: Philox
    private var counter: UInt32 = 0

    init(_ repetition: Int) { generator = Philox(key: [UInt32(repetition), 0xfeed]) }

    mutating func next() -> Double {
        counter += 1
        return (Double(generator.block([counter, 0, 0, 0])[0]) + 0.5) * 0x1p-32
    }

    mutating func normal() -> Double { (-2 * log(next())).squareRoot() * cos(2 * .pi * next()) }
}

@Suite("Estimates and orders")
struct StatisticsTests {
    static let steps = [0.5, 0.25, 0.125, 0.0625]

    static func estimates(_ moments: Moments, _ estimate: Estimate) -> LevelEstimates {
        try! LevelEstimates(
            moments, estimate: estimate, confidence: 0.95, steps: steps,
            roundingFloor: .init(repeating: 0, count: steps.count))
    }

    /// How often the interval of the order contains the true one, over 4000 simulated studies.
    ///
    /// The share has a standard error of 0.35 %; five of them on either side of the nominal 95 % are allowed.
    static func coverage(
        _ estimate: Estimate, order: Double, paths: Int, sample: (inout Uniforms, Double) -> [Double]
    ) -> Double {
        let repetitions = 4000
        var hits = 0
        for repetition in 0..<repetitions {
            var uniforms = Uniforms(repetition)
            var moments = Moments(dimension: steps.count, levels: steps.count)
            for _ in 0..<paths {
                let values = sample(&uniforms, uniforms.next())
                moments.add(values, squares: estimate == .mean ? values.map { $0 * $0 } : values)
            }
            let fit = try! OrderFit(steps: steps, estimates: estimates(moments, estimate), confidence: 0.95)
            if fit.low <= order, fit.high >= order { hits += 1 }
        }
        let share = Double(hits) / Double(repetitions)
        print("coverage of 95 % intervals of orders, \(Test.current?.displayName ?? ""): \(share)")
        return share
    }

    /// Events of probability h/4 that finer steps inherit from coarser ones, as spike-count mismatches do.
    @Test("the interval of an order of rare events covers the truth in 95 % of studies")
    func rareEvents() {
        let share = Self.coverage(.probability, order: 1, paths: 4096) { _, u in
            Self.steps.map { u < 0.25 * $0 ? 1 : 0 }
        }
        #expect(abs(share - 0.95) < 0.0175, "\(share)")
    }

    /// Squared errors: a rare O(1) part ∝ h and a common part ∝ h², far below.
    @Test("the interval of an order of root mean squares covers the truth in 95 % of studies")
    func rootMeanSquares() {
        let share = Self.coverage(.rootMean, order: 0.5, paths: 4096) { uniforms, u in
            let size = uniforms.next()
            return Self.steps.map { u < 0.25 * $0 ? 0.1 + size : 0 }
        }
        #expect(abs(share - 0.95) < 0.0175, "\(share)")
    }

    @Test("the interval of an order of biases covers the truth in 95 % of studies")
    func biases() {
        let share = Self.coverage(.mean, order: 1, paths: 1024) { uniforms, _ in
            let common = uniforms.normal()
            return Self.steps.map { -0.1 * $0 + 0.05 * $0 * (0.8 * common + 0.6 * uniforms.normal()) }
        }
        #expect(abs(share - 0.95) < 0.0175, "\(share)")
    }

    @Test("small for rounding and small by cancellation are not the same")
    func rounding() throws {
        var moments = Moments(dimension: 2, levels: 2)
        for path in 0..<64 {
            let sign = path.isMultiple(of: 2) ? 1.0 : -1
            let values = [sign * 1e-18, sign]
            moments.add(values, squares: values.map { $0 * $0 })
        }
        let levels = try LevelEstimates(
            moments, estimate: .mean, confidence: 0.95, steps: [0.5, 0.25], roundingFloor: [1e-14, 1e-14]
        ).levels
        #expect(levels[0].note == Row.roundingNote)
        #expect(levels[1].note == "the interval contains 0")
    }

    @Test("an error that grows as h falls has a negative order")
    func signedOrder() throws {
        var moments = Moments(dimension: 4, levels: 4)
        var uniforms = Uniforms(1)
        for _ in 0..<200 {
            let values = Self.steps.map { 1 / $0 * (1 + 0.01 * uniforms.normal()) }
            moments.add(values, squares: values.map { $0 * $0 })
        }
        let fit = try OrderFit(steps: Self.steps, estimates: Self.estimates(moments, .mean), confidence: 0.95)
        #expect(abs(fit.order + 1) < 0.01 && fit.high < -0.98)
        // The levels lie on a straight line, of which none is left out.
        #expect(fit.levels == 4 && fit.note.isEmpty)
        #expect(abs(exp(fit.intercept) - 1) < 0.02)
    }

    /// Against scipy.stats.t.ppf(0.975, 2): four levels about a line leave two degrees of freedom.
    @Test("an order without noise is as uncertain as its levels scatter about the line")
    func deterministicOrder() throws {
        var moments = Moments(dimension: 4, levels: 4)
        let values = Self.steps.map { $0 * (1 + 0.1 * $0) }
        for _ in 0..<64 { moments.add(values, squares: values.map { $0 * $0 }) }
        let fit = try OrderFit(steps: Self.steps, estimates: Self.estimates(moments, .mean), confidence: 0.95)
        #expect(fit.levels == 4 && fit.freedom == 2)
        #expect(abs((fit.high - fit.order) / fit.standardError - 4.302652730) < 1e-8)
        // By hand, of four equally spaced points: the slope's variance is the residual one over the spread.
        let (x, y) = (Self.steps.map { log($0) }, values.map { log($0) })
        let (middle, height) = (x.reduce(0, +) / 4, y.reduce(0, +) / 4)
        let spread = x.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
        let slope = zip(x, y).reduce(0) { $0 + ($1.0 - middle) * $1.1 } / spread
        let residual = zip(x, y).reduce(0) { $0 + pow($1.1 - height - slope * ($1.0 - middle), 2) }
        #expect(abs(fit.order - slope) < 1e-12)
        #expect(abs(fit.standardError / (residual / 2 / spread).squareRoot() - 1) < 1e-6)
    }

    @Test("a bias that can be told from 0 may be larger on its own side only, any other on both")
    func grains() throws {
        func grain(_ shift: Double, _ estimate: Estimate = .mean) throws -> Grain {
            var moments = Moments(dimension: 1, levels: 1)
            for path in 0..<100 {
                let error = shift + (path % 2 == 0 ? 1.0 : -1)
                moments.add([estimate == .mean ? error : error * error], squares: [error * error])
            }
            let level = try LevelEstimates(
                moments, estimate: estimate, confidence: 0.95, steps: [1], roundingFloor: [0]
            ).levels[0]
            guard case .student(_, _, _, let grain, _) = try #require(level.evidence) else {
                Issue.record("no evidence of a mean")
                return Grain()
            }
            return grain
        }
        #expect(try grain(3).above > 0 && grain(3).below == 0)
        #expect(try grain(-3).above == 0 && grain(-3).below > 0)
        #expect(try grain(0.01).above > 0 && grain(0.01).below == grain(0.01).above)
        #expect(try grain(0, .rootMean).above > 0 && grain(0, .rootMean).below == 0)
    }

    @Test("a bias that changes sign has no order")
    func changingSign() {
        var moments = Moments(dimension: 4, levels: 4)
        for k in 0..<200 {
            let noise = k % 2 == 0 ? 1.01 : 0.99
            moments.add([1 * noise, 0.5 * noise, -0.2 * noise, -0.3 * noise], squares: [1, 1, 1, 1])
        }
        #expect(throws: OrderFit.Failure.changingSign) {
            try OrderFit(steps: Self.steps, estimates: Self.estimates(moments, .mean), confidence: 0.95)
        }
    }

    /// Against scipy.stats.beta.ppf.
    @Test("probabilities have Clopper and Pearson's interval")
    func clopperPearson() throws {
        let three = try Quantiles.clopperPearson(hits: 3, trials: 50, confidence: 0.95)
        #expect(abs(three.low - 0.01254859) < 1e-7 && abs(three.high - 0.16548195) < 1e-7)
        let none = try Quantiles.clopperPearson(hits: 0, trials: 1000, confidence: 0.95)
        #expect(none.low == 0 && abs(none.high - 0.003682084) < 1e-8)
        // GSL's own inverse does not converge here.
        let many = try Quantiles.clopperPearson(hits: 512, trials: 1 << 20, confidence: 0.95)
        #expect(many.low < 0x1p-11 && many.high > 0x1p-11 && many.high - many.low < 9e-5)
        #expect(try Quantiles.clopperPearson(hits: 7, trials: 7, confidence: 0.9).high == 1)
    }

    /// Against scipy.stats.t.ppf(0.975, ·), and the normal distribution's.
    @Test("half-widths of intervals are Student's quantiles")
    func student() {
        func quantile(_ freedom: Double) -> Double {
            Quantiles.standardErrors(confidence: 0.95, freedom: freedom)
        }
        #expect(abs(quantile(1) - 12.706204736) < 1e-8 && abs(quantile(10) - 2.228138852) < 1e-8)
        #expect(abs(quantile(1e12) - 1.959963985) < 1e-8 && quantile(0) == .infinity)
        #expect(Quantiles.standardErrors(confidence: 0.95, samples: 11) == quantile(10))
    }

    @Test("one path that carries all of an error leaves one degree of freedom")
    func oneCarrier() throws {
        var moments = Moments(dimension: 1, levels: 1)
        for k in 0..<100 { moments.add([k == 0 ? 1 : 0], squares: [k == 0 ? 1 : 0]) }
        let found = try #require(
            LevelEstimates(moments, estimate: .mean, confidence: 0.95, steps: [1], roundingFloor: [0])
                .levels[0].estimated)
        // A truth larger by d has d/0.01 more such paths, so that the variance grows to 0.01² + 0.01 d.
        let excess = found.high - 0.01
        #expect(abs(excess * excess - 12.706204736 * 12.706204736 * (1e-4 + 0.01 * excess)) < 1e-7)
        // One standard error from 0, it may have either sign.
        #expect(abs(found.high + found.low - 0.02) < 1e-12)
        #expect(abs(found.standardError - 0.01) < 1e-12)
    }

    @Test("the effective sample counts the paths that carry the error")
    func effectiveSample() throws {
        var moments = Moments(dimension: 1, levels: 1)
        for k in 0..<1000 { moments.add([k < 20 ? 0.5 : 0], squares: [k < 20 ? 0.25 : 0]) }
        #expect(abs(moments.effectiveSample(0) - 20) < 1e-12)
        let level = try LevelEstimates(
            moments, estimate: .rootMean, confidence: 0.95, steps: [1], roundingFloor: [0]
        ).levels[0]
        #expect(!level.isResolved && level.note.contains("20"))
    }

    @Test("sums folded from blocks are the sums over all paths")
    func folding() {
        var (whole, first, second) = (
            Moments(dimension: 2, levels: 1), Moments(dimension: 2, levels: 1),
            Moments(dimension: 2, levels: 1)
        )
        for k in 0..<64 {
            let x = [Double(k), Double(k * k % 7)]
            whole.add(x, squares: [Double(k)])
            if k < 40 { first.add(x, squares: [Double(k)]) } else { second.add(x, squares: [Double(k)]) }
        }
        first.fold(second)
        #expect(first.count == 64 && first.mean(1) == whole.mean(1))
        #expect(first.covarianceOfMeans(0, 1) == whole.covarianceOfMeans(1, 0))
        #expect(first.effectiveSample(0) == whole.effectiveSample(0))
        // By hand: the variance of 0 … 63 is 64 · 65/12, that of its mean a 64th of it.
        #expect(abs(whole.covarianceOfMeans(0, 0) - 65.0 / 12) < 1e-12)
        // What never differs does not vary, rounding or not.
        whole = Moments(dimension: 2, levels: 0)
        for k in 0..<50 { whole.add([0.1, Double(k % 2)], squares: []) }
        #expect(whole.covarianceOfMeans(0, 0) == 0 && whole.covarianceOfMeans(0, 1) == 0)
    }

    @Test("histograms count every value once")
    func histogram() {
        let edges = Histogram.timeErrorEdges
        #expect(edges == edges.sorted() && edges.map { -$0 }.reversed() == edges)
        var histogram = Histogram(edges: edges)
        for x in [-100, edges[0], -1e-9, 0, 1e-9, 0.3, edges[edges.count - 1], 100] { histogram.add(x) }
        #expect(histogram.below == 1 && histogram.above == 2)
        #expect(histogram.counts.reduce(0, +) == 5 && histogram.counts[edges.count / 2 - 1] == 3)
        #expect(histogram.counts[0] == 1)
    }
}

import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Evidence")
struct EvidenceTests {
    static let levels = [1e-2, 1e-3, 1e-4, 1e-6, 1e-8]

    static func estimates(_ moments: Moments, _ estimate: Estimate, steps: [Double])
        -> LevelEstimates
    {
        try! LevelEstimates(
            moments, estimate: estimate, confidence: 0.95, steps: steps,
            roundingFloor: .init(repeating: 0, count: steps.count))
    }

    /// The probability of rejecting a true mean is summed up over all outcomes: no simulation, no statistical error.
    ///
    /// A few hundred rare errors of size 1, all of one sign, are as skewed as biases get.
    @Test(
        "a true mean of rare errors is rejected no more often than stated, far into the tails",
        arguments: [60, 150, 600])
    func rareMeans(expected: Int) {
        let paths = 1 << 20
        let truth = Double(expected) / Double(paths)
        var above = [Double](repeating: 0, count: Self.levels.count)
        var below = above
        let width = 12 * Int(Double(expected).squareRoot()) + 60
        for hits in max(1, expected - width)...(expected + width) {
            let moments = Counts.nested(hits: [hits], paths: paths).moments
            guard let evidence = Self.estimates(moments, .mean, steps: [1]).levels[0].evidence else {
                continue
            }
            let chance = exp(Counts.logBinomial(hits, of: paths, truth))
            let high = evidence.probability(ofStayingIn: Region(low: -.infinity, high: truth))
            let low = evidence.probability(ofStayingIn: Region(low: truth, high: .infinity))
            for (k, level) in Self.levels.enumerated() {
                if high <= level { above[k] += chance }
                if low <= level { below[k] += chance }
            }
        }
        for (k, level) in Self.levels.enumerated() {
            #expect(above[k] <= level && below[k] <= level, "\(level): \(above[k]), \(below[k])")
        }
        // Not for want of trying: at 1 % a good part of what is allowed is used.
        if expected >= 150 { #expect(above[0] > 2e-3 && below[0] > 4e-3) }
    }

    /// Likewise for the order of events of which every second one survives a halving of the step.
    @Test("a true order of rare events is rejected no more often than stated", arguments: [100, 240])
    func rareOrders(expected: Int) throws {
        let paths = 1 << 20
        let truth = Double(expected) / Double(paths)
        var above = [Double](repeating: 0, count: Self.levels.count)
        var below = above
        let width = 7 * Int(Double(expected).squareRoot())
        for coarse in max(30, expected - width)...(expected + width) {
            let chanceOfCoarse = exp(Counts.logBinomial(coarse, of: paths, truth))
            for fine in 30...coarse {
                let chance = chanceOfCoarse * exp(Counts.logBinomial(fine, of: coarse, 0.5))
                guard chance > 1e-14, fine < coarse else { continue }
                let moments = Counts.nested(hits: [coarse, fine], paths: paths).moments
                let estimates = Self.estimates(moments, .probability, steps: [1, 0.5])
                let fit = try OrderFit(steps: [1, 0.5], estimates: estimates, confidence: 0.95)
                let evidence = Evidence.student(
                    value: fit.order, standardError: fit.standardError, freedom: fit.freedom, grain: fit.grain
                )
                let high = evidence.probability(ofStayingIn: Region(low: -.infinity, high: 1))
                let low = evidence.probability(ofStayingIn: Region(low: 1, high: .infinity))
                for (k, level) in Self.levels.enumerated() {
                    if high <= level { above[k] += chance }
                    if low <= level { below[k] += chance }
                }
            }
        }
        for (k, level) in Self.levels.enumerated() {
            #expect(above[k] <= level && below[k] <= level, "\(level): \(above[k]), \(below[k])")
        }
        if expected >= 240 { #expect(above[0] > 1e-3 && below[0] > 1e-3) }
    }

    /// Against scipy.stats: t.sf(5, 20) and norm.sf(8) in the limit of many degrees of freedom.
    @Test("tails are Student's, and accurate far out")
    func tails() {
        let region = Region(low: -.infinity, high: 0)
        let few = Evidence.student(value: 5, standardError: 1, freedom: 20).probability(ofStayingIn: region)
        #expect(abs(few / 3.4365e-5 - 1) < 1e-3)
        let far = Evidence.student(value: 8, standardError: 1, freedom: 1e9).probability(ofStayingIn: region)
        #expect(abs(far / 6.2210e-16 - 1) < 1e-3)
    }

    @Test("a region without width has two sides")
    func narrow() {
        let evidence = Evidence.student(value: 2, standardError: 1, freedom: 1e9)
        let one = evidence.probability(ofStayingIn: Region(low: -.infinity, high: 0))
        let two = evidence.probability(ofStayingIn: Region(low: 0, high: 0))
        #expect(abs(two - 2 * one) < 1e-12 && abs(one - 0.02275) < 1e-5)
        #expect(evidence.probability(ofStayingIn: Region(low: 1, high: 3)) == 1)
    }

    @Test("counts pass where Clopper and Pearson's interval does")
    func counts() throws {
        for hits in [0, 3, 40, 200] {
            let interval = try Quantiles.clopperPearson(hits: hits, trials: 200, confidence: 0.95)
            let evidence = Evidence.binomial(hits: hits, trials: 200)
            func leaves(_ low: Double, _ high: Double) -> Double {
                evidence.probability(ofLeaving: Region(low: low, high: high))
            }
            let (low, high) = (interval.low - 1e-9, interval.high + 1e-9)
            #expect(leaves(low, high) <= 0.025)
            if hits < 200 { #expect(leaves(low, high - 2e-6) > 0.025) }
            if hits > 0 { #expect(leaves(low + 2e-6, high) > 0.025) }
        }
    }

    /// No probability is outside 0 ... 1, so that a region that ends there can be left on one side only: by a truth of 0.9
    /// that gives 200 hits in 200 trials, or of 0.1 that gives none.
    @Test("counts of all and of none are inside regions that reach to 1 and to 0")
    func allAndNone() {
        let chance = pow(0.9, 200.0)
        let all = Evidence.binomial(hits: 200, trials: 200)
        #expect(abs(all.probability(ofLeaving: Region(low: 0.9, high: 1)) / chance - 1) < 1e-9)
        let none = Evidence.binomial(hits: 0, trials: 200)
        #expect(abs(none.probability(ofLeaving: Region(low: 0, high: 0.1)) / chance - 1) < 1e-9)
    }

    @Test("what does not scatter is certain")
    func certain() {
        let evidence = Evidence.student(value: 1, standardError: 0, freedom: 5)
        #expect(evidence.probability(ofStayingIn: Region(low: 0, high: 0.9)) == 0)
        #expect(evidence.probability(ofLeaving: Region(low: 0, high: 1)) == 0)
    }
}

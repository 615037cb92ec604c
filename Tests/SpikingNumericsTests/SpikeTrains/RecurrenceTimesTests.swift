import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

/// The coefficient of variation in windows of a few intervals, against that of the law the intervals are drawn from.
@Suite("Waiting times between spikes")
struct RecurrenceTimesTests {
    struct Law: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Of intervals with mean 1.
        var coefficient: Double
        /// What the article on the estimator allows for, in windows of three and of ten mean intervals.
        var bias: (three: Double, ten: Double)
        var draw: @Sendable (inout SplitMix64) -> Double
    }

    static func exponential(_ generator: inout SplitMix64) -> Double {
        -log(1 - Double(generator.next() >> 11) * 0x1p-53)
    }

    static let laws = [
        Law(testDescription: "Poisson", coefficient: 1, bias: (0.01, 0.01)) { exponential(&$0) },
        Law(testDescription: "Poisson with dead time", coefficient: 0.7, bias: (0.01, 0.01)) {
            0.3 + 0.7 * exponential(&$0)
        },
        Law(testDescription: "Erlang of three", coefficient: 3.0.squareRoot() / 3, bias: (0.02, 0.01)) {
            (exponential(&$0) + exponential(&$0) + exponential(&$0)) / 3
        },
    ]

    /// Four standard errors of the simulation are allowed beside the bias: a false alarm in 16,000.  An estimator that averages
    /// intervals inside the window is off by -.38 (Poisson), that is 40 times as much.
    @Test("give the coefficient of variation, whatever the window", arguments: laws)
    func short(_ law: Law) throws {
        for (window, bias) in [(3.0, law.bias.three), (10.0, law.bias.ten)] {
            var generator = SplitMix64(seed: 7)
            let groups = (0..<50).map { _ in
                (0..<200).reduce(into: RecurrenceTimes()) { sum, _ in
                    sum.add(train(law, window: window, &generator))
                }
            }
            let whole = try #require(groups.reduce(RecurrenceTimes(), +).coefficientOfVariation)
            let parts = groups.map { $0.coefficientOfVariation! }
            let mean = parts.reduce(0, +) / 50
            let error = (parts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (49 * 50)).squareRoot()
            #expect(error < 0.01)
            #expect(
                abs(whole / law.coefficient - 1) < bias + 4 * error / law.coefficient, "\(window): \(whole)")
        }
    }

    /// Stationary: what comes before the window is forty intervals or more, from a random time on.
    private func train(_ law: Law, window: Double, _ generator: inout SplitMix64) -> SpikeTrain {
        var time = -40 - 10 * Double(generator.next() >> 11) * 0x1p-53
        var spikes: [Double] = []
        while true {
            time += law.draw(&generator)
            if time >= window { break }
            if time >= 0 { spikes.append(time) }
        }
        return try! SpikeTrain(spikes, window: 0...window)
    }

    /// Spikes at 2 and 7 of 10: looking forward from 0 to 5, 2 - t until 2 and 7 - t from there; looking back from 10 down to 5,
    /// t - 7 down to 7 and t - 2 from there.
    @Test("by hand")
    func byHand() throws {
        var times = RecurrenceTimes()
        times.add(try SpikeTrain([2, 7], window: 0...10))
        #expect(times.spikes == 2 && times.observed == 10 && times.answered == 10)
        #expect(times.waiting == 2 + (25.0 - 4) / 2 + 9.0 / 2 + (25.0 - 9) / 2)
        // None ever comes: five ms wait from 10 to 5 ms, on either side.
        var silent = RecurrenceTimes()
        silent.add(try SpikeTrain([], window: 0...10))
        #expect(silent.waiting == 75 && silent.answered == 0 && silent.coefficientOfVariation == nil)
        #expect((times + silent - silent).waiting == times.waiting)
    }
}

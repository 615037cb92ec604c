import ConvergenceStudies
import SpikingNumerics
import Testing

@Suite("Advice")
struct AdviceTests {
    @Test("tolerances are per cent or numbers, and positive")
    func tolerances() {
        #expect(AdviceTolerance("1%") == .relative(0.01) && AdviceTolerance("0.5 %") == .relative(0.005))
        #expect(AdviceTolerance("1e-3") == .absolute(0.001))
        for text in ["", "%", "-1%", "0", "x", "inf", "nan", "1%%"] {
            #expect(AdviceTolerance(text) == nil, "\(text)")
        }
    }

    /// A deterministic neuron without spikes: the error of Euler's method is known on every path.
    @Test("the largest step is the one whose upper end is below the limit and all finer ones' too")
    func largestStep() async throws {
        let (study, result) = try await Self.run(sigma: 0, mu: 0.01)
        let measure = Study.MeasureChoice(name: "strong-final")
        let rows = result.rows.filter { $0.integrator == "euler-maruyama" && $0.measure == "strong-final" }
            .sorted { $0.h < $1.h }
        let ends = rows.compactMap(\.intervalHigh)
        #expect(ends.count == 3 && ends == ends.sorted(), "the error grows with h")
        let height = 1.0
        for (k, end) in ends.enumerated() {
            for (factor, expected) in [(1.0001, rows[k].h), (0.9999, k == 0 ? nil : rows[k - 1].h)] {
                let advice = try Advice(
                    result, of: study, tolerance: .relative(factor * end / height), text: "",
                    measures: [measure])
                #expect(advice.integrators[0].h == expected, "\(factor) × \(end)")
                #expect(advice.integrators[0].secondsPerPath != nil || expected == nil)
            }
        }
        let advice = try Advice(
            result, of: study, tolerance: .absolute(ends[2]), text: "", measures: [measure])
        #expect(advice.limits[0].limit == ends[2] && advice.confidence == 0.95 && advice.cheapest != nil)
    }

    @Test("rare errors that no path shows do not prove a step good beyond what so many paths can")
    func unseen() async throws {
        let (study, result) = try await Self.run(sigma: 0.001, mu: 0.01)
        let mismatch = Study.MeasureChoice(name: "count-mismatch")
        #expect(result.rows.filter { $0.measure == "count-mismatch" }.allSatisfy { $0.value == 0 })
        // After n paths without a mismatch its probability is below 1 - 0.05^(1/n) = 0.00292 with 95 % confidence.
        for (tolerance, isProven) in [(0.0030, true), (0.0029, false)] {
            let advice = try Advice(
                result, of: study, tolerance: .relative(tolerance), text: "", measures: [mismatch])
            #expect((advice.integrators[0].h != nil) == isProven, "\(tolerance)")
        }
    }

    /// V takes 20 log 2 = 13.9 ms from the reset to the threshold, half of V∞ = 2: three spikes in 50 ms, and so little
    /// noise changes nothing about that.
    @Test(
        "errors of counts are relative to the mean count, of times to the mean interval, of V to the reset's height"
    )
    func naturalSizes() async throws {
        let families = MeasureCatalogue.families.filter { !$0.measures.isEmpty }.map(\.name)
            .filter { !["weak", "synchrony-bias"].contains($0) }
        let (study, result) = try await Self.run(
            sigma: 1e-4, mu: 0.1, duration: 50, height: 10,
            measures: (families + Observable.all.map { "{weak: \($0.name)}" }).joined(separator: ", "))
        let sizes: [NaturalSize: Double] = [
            .resetHeight: 10, .spikeCount: 3, .firingRate: 3.0 / 50, .interval: 50.0 / 3, .one: 1,
        ]
        for measure in MeasureCatalogue.families.flatMap(\.measures) where measure.name != "synchrony-bias" {
            let size = try #require(sizes[measure.size])
            let choice = Study.MeasureChoice(name: measure.name, observable: measure.observable)
            let advice = try Advice(
                result, of: study, tolerance: .relative(0.01), text: "", measures: [choice])
            #expect(abs(advice.limits[0].size - size) < 1e-9 * size, "\(measure.name)")
            #expect(abs(advice.limits[0].limit - 0.01 * size) < 1e-9 * size)
        }
    }

    /// What has a unit of V, of counts, of rates or of time cannot be of the order of 1 by itself.
    @Test("a measure with a unit is never relative to 1")
    func unitsHaveSizes() {
        for measure in MeasureCatalogue.families.flatMap(\.measures) where !measure.unit.isEmpty {
            #expect(measure.size != .one, "\(measure.name)")
        }
        for phi in Observable.all where phi.isRate { #expect(phi.size == .firingRate) }
    }

    /// Siegert's rate is .01791/ms, and Euler-Maruyama with spikes on the grid is 9 % off at h = 1/2.
    @Test("9 % of a rate are not within 1 % of it")
    func rate() async throws {
        let study = try StudyFile.parse(
            """
            study: rate
            problem:
              model: white-noise-lif
              parameters: {tau_m: 20, V_th: 1, V_r: 0, mu: 0.045, sigma: 0.02}
              initial: {stationary: 500}
              duration: 500
            reference: siegert
            integrators: [euler-maruyama]
            steps: [0.5, 0.25]
            measures: [{weak: firing-rate}]
            sampling: {paths: 2048, confidence: 0.9}
            """, file: "rate.yaml")
        let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
        let rate = Study.MeasureChoice(name: "weak", observable: "firing-rate")
        let exact = try #require(result.scalars.first { $0.name == "firing-rate" && $0.h == nil }?.value)
        let error = try #require(result.rows.first { $0.h == 0.5 }?.value)
        for (share, isProven) in [(0.8, false), (1.2, true)] {
            let tolerance = share * abs(error) / exact
            let advice = try Advice(
                result, of: study, tolerance: .relative(tolerance), text: "", measures: [rate])
            #expect((advice.integrators[0].h == 0.5) == isProven)
            #expect(abs(advice.limits[0].size - exact) < 1e-12)
        }
    }

    /// Rows know how large their error may be; `Advice` has no numbers of its own.
    @Test(
        "the share of a limit is that of the interval's farther end, or of the upper bound of an unresolved level"
    )
    func shares() async throws {
        let (study, result) = try await Self.run(
            sigma: 0.02, mu: 0.045, duration: 40, integrators: "euler-maruyama, exact-propagator+hermite",
            measures: "{weak: cos-V}, count-mismatch, strong-final, spike-times", paths: 8192)
        var (resolved, bounded) = (0, 0)
        for measure in ["count-mismatch", "strong-final", "spike-time-rms"] {
            let advice = try Advice(
                result, of: study, tolerance: .absolute(0.01), text: "", measures: [.init(name: measure)])
            for choice in advice.integrators {
                #expect(choice.levels.map(\.h) == [0.125, 0.25, 0.5])
                for level in choice.levels {
                    let row = try #require(
                        result.rows.first {
                            $0.integrator == choice.integrator && $0.measure == measure && $0.h == level.h
                        })
                    #expect(row.resolved == (row.upperBound == nil))
                    #expect(row.resolved == (row.intervalHigh != nil))
                    let end = try #require(row.upperBound ?? row.intervalHigh)
                    #expect(end >= abs(try #require(row.value)))
                    #expect(abs(try #require(level.share) - end / 0.01) < 1e-12)
                    if row.resolved { resolved += 1 } else { bounded += 1 }
                }
            }
        }
        #expect(resolved > 0 && bounded > 0)
    }

    @Test("a time that was not measured is none")
    func times() async throws {
        let (study, measured) = try await Self.run(sigma: 0.001, mu: 0.01)
        var result = measured
        let measure = Study.MeasureChoice(name: "strong-final")
        for (seconds, expected) in [(1e-6, 1e-6), (0, nil), (.infinity, nil)] as [(Double, Double?)] {
            for k in result.header.time.work.indices { result.header.time.work[k].secondsPerPath = seconds }
            let advice = try Advice(
                result, of: study, tolerance: .absolute(1), text: "", measures: [measure])
            #expect(advice.integrators.allSatisfy { $0.h == 0.5 && $0.secondsPerPath == expected })
            #expect((advice.cheapest != nil) == (expected != nil))
        }
    }

    @Test("without spikes nothing can be relative to them")
    func noSpikes() async throws {
        let (study, result) = try await Self.run(sigma: 0.001, mu: 0.01)
        let counts = Study.MeasureChoice(name: "weak", observable: "spike-count")
        #expect(throws: Advice.Failure.noSize(measure: "weak spike-count")) {
            try Advice(result, of: study, tolerance: .relative(0.01), text: "", measures: [counts])
        }
        let advice = try Advice(
            result, of: study, tolerance: .absolute(0.01), text: "", measures: [counts])
        #expect(advice.limits[0].limit == 0.01)
    }

    private static func run(
        sigma: Double, mu: Double, duration: Double = 20, height: Double = 1,
        integrators: String = "euler-maruyama, exact-propagator",
        measures: String = "strong-final, {weak: spike-count}, count-mismatch", paths: Int = 1024
    ) async throws -> (Study, StudyResult) {
        let study = try StudyFile.parse(
            """
            study: small
            problem: {parameters: {V_th: \(height), mu: \(mu * height), sigma: \(sigma * height)}, duration: \(duration)}
            integrators: [\(integrators)]
            steps: [0.5, 0.25, 0.125]
            measures: [\(measures)]
            sampling: {paths: \(paths), confidence: 0.9}
            """, file: "small.yaml")
        return (study, try await StudyRunner(study: study, threads: 2).run { _, _ in })
    }
}

import ConvergenceStudies
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
        let (study, result) = try await Self.run(sigma: 0.001, mu: 0.01)
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

    private static func run(sigma: Double, mu: Double) async throws -> (Study, StudyResult) {
        let study = try StudyFile.parse(
            """
            study: small
            problem: {parameters: {mu: \(mu), sigma: \(sigma)}, duration: 20}
            integrators: [euler-maruyama, exact-propagator]
            steps: [0.5, 0.25, 0.125]
            measures: [strong-final, {weak: spike-count}, count-mismatch]
            sampling: {paths: 1024, confidence: 0.9}
            """, file: "small.yaml")
        return (study, try await StudyRunner(study: study, threads: 2).run { _, _ in })
    }
}

import ConvergenceStudies
import Foundation
import Testing

@Suite("Studies with a multilevel estimator")
struct MultilevelStudyTests {
    private static let estimator =
        "estimator: {multilevel: {observable: cos-V, accuracy: [0.02, 0.01, 0.005], pilot: 512}}\n"
    // Spikes on the grid: with the times of spikes inside steps, few paths would carry a level's variance.
    private static let text =
        StudyText.valid.replacing("steps: [0.5, 0.25]", with: "steps: [1, 2, 0.5]")
        .replacing("+hermite", with: "") + estimator

    private func result(_ text: String, threads: Int) async throws -> StudyResult {
        var result = try await StudyRunner(study: StudyFile.parse(text, file: "s.yaml"), threads: threads)
            .run { _, _ in }
        result.header.time = .init()
        return result
    }

    @Test(
        "find the mean that plain sampling finds, rates and costs, to the same bits on any number of threads")
    func outcome() async throws {
        let result = try await result(Self.text, threads: 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let encoded = try encoder.encode(result)
        #expect(try await encoded == encoder.encode(self.result(Self.text, threads: 3)))
        let estimates = try #require(result.multilevel)
        #expect(try JSONDecoder().decode(StudyResult.self, from: encoded).multilevel == estimates)
        #expect(estimates.count == 6 && estimates.allSatisfy { $0.warnings.isEmpty })
        #expect(estimates.allSatisfy { $0.standardError <= $0.accuracy && $0.levels.count == 4 })
        #expect(estimates[0].levels.map(\.h) == [2, 1, 0.5, nil])
        #expect(estimates[0].levels.map(\.coarserStep) == [nil, 2, 1, 0.5])
        for integrator in ["euler-maruyama", "exact-propagator"] {
            func scalar(_ name: String) throws -> Scalar {
                try #require(
                    result.scalars.first {
                        $0.name == name && $0.method == "multilevel" && $0.integrator == integrator
                    })
            }
            let mean = try scalar("mean-cos-V")
            let plain = try #require(
                result.scalars.first { $0.name == "mean-cos-V" && $0.integrator == "exact-event" })
            let error = hypot(mean.standardError!, plain.standardError!)
            // A false alarm in 16,000 seeds; an error of 0.03 would be seen.
            #expect(abs(mean.value! - plain.value!) < 4 * error)
            for name in ["multilevel-beta", "multilevel-gamma", "multilevel-cost-slope", "multilevel-gain"] {
                #expect(try scalar(name).value != nil)
            }
            // A line through the variances of two levels, of the best accuracy: each is known to √((κ - 1)/n), relatively.
            let levels = try #require(
                estimates.filter { $0.integrator == integrator }.min { $0.accuracy < $1.accuracy }
            )
            .levels[1...2]
            let doubt = levels.reduce(0) { $0 + ($1.kurtosis! - 1) / Double($1.paths) }.squareRoot()
            let beta = try scalar("multilevel-beta")
            #expect(abs(beta.value! - log2(levels[1].variance / levels[2].variance)) < 1e-9)
            #expect(abs(beta.standardError! - doubt / log(2)) < 1e-9)
            // Steps halve, and so double the cost of a path.
            #expect(try abs(scalar("multilevel-gamma").value! - 1) < 1e-12)
            let rows = result.rows.filter {
                $0.measure == "multilevel-variance" && $0.integrator == integrator
            }
            #expect(rows.map(\.h) == [2, 1, 0.5])
            let known = estimates.filter { $0.integrator == integrator }
                .sorted { $0.standardError < $1.standardError }
            let curve = try #require(
                result.curves?.first { $0.name == "multilevel-cost" && $0.integrator == integrator })
            #expect(curve.x == known.map(\.standardError))
            for (y, estimate) in zip(curve.y, known) {
                #expect(
                    abs(y / (estimate.cost * estimate.standardError * estimate.standardError) - 1) < 1e-12)
            }
            // Plain sampling needs variance/ε² of the paths, whose variance 1024 others tell to 5 %, and which cost what is
            // left of the last level without 200 steps of 0.5 ms.
            let variance = 1024 * plain.standardError! * plain.standardError!
            for estimate in known {
                let paths = variance / (estimate.standardError * estimate.standardError)
                let cost = paths * (estimate.levels[3].cost - 200)
                #expect(try abs(#require(estimate.plainCost) / cost - 1) < 0.3)
            }
        }
        #expect(result.curves?.filter { $0.name == "multilevel-cost" }.count == 2)
    }

    /// Where spikes lie inside steps, exact spikes are rarely more than a step away from those of a fine step, and the few
    /// paths on which they are carry all of a variance.
    @Test("warn of a last level that rests on too few paths by the reference's name")
    func warnings() async throws {
        let text = StudyText.valid.replacing(
            "[euler-maruyama, exact-propagator+hermite]", with: "[exact-propagator+hermite]"
        )
        .replacing("integrator: euler-maruyama", with: "integrator: exact-propagator+hermite")
        .replacing("duration: 100", with: "duration: 20").replacing("paths: 1024", with: "paths: 8")
        let estimator = "estimator: {multilevel: {observable: spike-count, accuracy: [0.1], pilot: 64}}\n"
        let estimates = try #require(try await result(text + estimator, threads: 1).multilevel)
        #expect(estimates[0].warnings.contains { $0.hasPrefix("kurtosis gate, level exact-event: ") })
        #expect(
            estimates[0].warnings.allSatisfy {
                $0.contains("level h = 0.25: ") || $0.contains("level exact-event: ")
            })
    }

    /// Nobody scatters, so that variances, and what a better estimator saves of them, are 0.
    @Test(
        "have a mean and no gain where no path differs from another",
        arguments: [("mu: 0.06, sigma: 0", 2.0), ("mu: 0.001, sigma: 0.0001", 0)])
    func certain(_ parameters: String, _ count: Double) async throws {
        let text = StudyText.replacing("mu: 0.045, sigma: 0.02", with: parameters)
            .replacing("paths: 1024", with: "paths: 8")
        let estimator =
            "estimator: {multilevel: {observable: spike-count, accuracy: [0.1, 0.01], pilot: 64}}\n"
        let result = try await result(text + estimator, threads: 1)
        // What is infinite or no number is refused.
        _ = try JSONEncoder().encode(result)
        for integrator in ["euler-maruyama", "exact-propagator+hermite"] {
            let own = result.scalars.filter { $0.integrator == integrator && $0.method == "multilevel" }
            let mean = try #require(own.first { $0.name == "mean-spike-count" })
            #expect(mean.value == count && mean.standardError == 0)
            #expect(mean.intervalLow == count && mean.intervalHigh == count)
            let gain = try #require(own.first { $0.name == "multilevel-gain" })
            #expect(gain.value == nil && gain.note?.contains("nothing to save") == true)
            #expect(own.allSatisfy { ($0.value == nil) == ($0.note != nil) })
        }
        #expect(result.multilevel?.allSatisfy { $0.plainCost == nil && $0.warnings.isEmpty } == true)
    }

    @Test(
        "that are wrong, or not there, are what the refusal is about",
        arguments: [
            Refusal(
                "expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}]",
                "estimator: {multilevel: {observable: spike-count, accuracy: [0.1], pilot: ▸16}}\n"
                    + "expect: [{scalar: mean-spike-count, integrator: euler-maruyama, value: 1, tolerance: 0.1}]",
                "estimator.multilevel.pilot", "between 64"),
            Refusal(
                "expect: [{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}]",
                "expect: [{scalar: ▸mean-spike-count, integrator: euler-maruyama, value: 1, tolerance: 0.1}]",
                "add estimator: {multilevel: {observable: spike-count, accuracy: [0.01]}}"),
        ])
    func expectedScalarRefusal(_ refusal: Refusal) { refusal.check() }

    @Test("can expect something of the estimate and of its cost")
    func expectations() async throws {
        let expectation = "{measure: strong-final, integrator: euler-maruyama, order: 0.5, tolerance: 0.1}"
        let text = Self.text.replacing(
            expectation,
            with: """
                {scalar: mean-cos-V, method: multilevel, integrator: euler-maruyama, value: 0.8, tolerance: 0.2},
                 {scalar: mean-cos-V, method: multilevel, integrator: exact-propagator, value: 0, tolerance: 0.1},
                 {scalar: multilevel-gain, integrator: euler-maruyama, value: 0, tolerance: 1}
                """)
        let result = try await result(text, threads: 2)
        // The gain has no interval, so that nothing can be proven of it.
        #expect(result.checks.map(\.verdict) == [.pass, .fail, .inconclusive])
        #expect(result.checks.map(\.method) == ["multilevel", "multilevel", "multilevel"])
    }

    @Test(
        "are refused where they make no sense",
        arguments: [
            Refusal("expect:", "estimator: ▸multilevel\nexpect:", "where a mapping is wanted"),
            Refusal(
                "expect:", "estimator: {▸multi-level: {}}\nexpect:", "estimator.multi-level", "multilevel"),
            Refusal(
                "expect:", "estimator: {multilevel: {observable: ▸cosV, accuracy: [0.1]}}\nexpect:",
                "unknown observable", "cos-V"),
            Refusal(
                "expect:", "estimator: {multilevel: {observable: cos-V, accuracy: [0.1, ▸0]}}\nexpect:",
                "must be positive"),
            Refusal(
                "expect:",
                "estimator: {multilevel: {observable: cos-V, accuracy: [0.1], pilot: ▸100}}\nexpect:",
                "8 at a time", "make it 104"),
            Refusal(
                "expect:", "estimator: {multilevel: ▸{observable: cos-V}}\nexpect:", "\"accuracy\" is missing"
            ),
            Refusal(
                "reference: exact-event",
                "reference: {fine-grid: {integrator: euler-maruyama, factor: 16}}\nestimator: ▸{multilevel: {observable: cos-V, accuracy: [0.1]}}",
                "exact-event as its last level"),
        ])
    func refusal(_ refusal: Refusal) { refusal.check() }
}

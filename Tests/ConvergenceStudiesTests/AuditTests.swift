import Foundation
import SpikingNumerics
import Testing

import ConvergenceStudies

/// Published numbers against a truth in closed form.
@Suite("Audit")
struct AuditTests {
    /// A neuron with white noise in V, of which Siegert's formula knows the rate.
    static func text(paths: Int, seed: Int = 1, published: String) -> String {
        """
        study: neuron
        problem:
          model: white-noise-lif
          parameters: {mu: 0.1, sigma: 0.0948683}
          initial: {stationary: 50}
          duration: 64
        integrators: [euler-maruyama]
        steps: [0.5, 0.25]
        measures: [{weak: firing-rate}]
        sampling: {paths: \(paths), seed: \(seed)}
        published:
        \(published)
        """
    }

    static var rate: Double {
        get throws {
            let model = try StudyFile.parse(text(paths: 1, published: entry(1)), file: "").problem.models[0]
            return try StationaryLaw.siegert(model).means["firing-rate"]!.value
        }
    }

    static func entry(_ value: Double, _ rest: String = "") -> String {
        "  - {quantity: firing-rate, value: \(value), source: a test\(rest)}"
    }

    static func entries(_ text: String) async throws -> [AuditEntry] {
        let studies = try StudyFile.parseAll(text, file: "a.yaml")
        var results: [StudyResult] = []
        for study in studies {
            results.append(try await StudyRunner(study: study, threads: 1).run { _, _ in })
        }
        return Audit(of: studies).entries(studies, results)
    }

    /// 4096 paths know the rate to .25 %, so that 3 % beyond the tolerance are twelve standard errors, and .2 % less than one.
    @Test("says holds, shifts or overturned where that is so, and unresolved where nothing is proven")
    func verdicts() async throws {
        let rate = try Self.rate
        let text = Self.text(
            paths: 4096,
            published: [
                Self.entry(rate * 1.002), Self.entry(rate / 1.05), Self.entry(rate * 1.06),
                Self.entry(-rate), Self.entry(rate * 3), Self.entry(rate * 1.0195),
                Self.entry(rate * 1.05, ", tolerance: 10%"),
                Self.entry(rate * 1.05, ", std_error: \(rate * 0.05)"),
            ].joined(separator: "\n"))
        let entries = try await Self.entries(text)
        #expect(
            entries.map(\.verdict) == [
                .holds, .shifts, .shifts, .overturned, .overturned, .unresolved, .holds, .unresolved,
            ])
        #expect(abs(entries[1].shiftPercent! - 5) < 1.5 && abs(entries[2].shiftPercent! + 5.7) < 1.5)
        #expect(entries[5].note.contains("times as many paths"))
        #expect(entries.allSatisfy { $0.limit.method == "exact-event" && $0.model == "white-noise-lif" })
    }

    @Test("tells what the step makes of a number, and whether its scheme has it")
    func step() async throws {
        let rate = try Self.rate
        let scheme = ", h: 0.5, integrator: euler-maruyama, unit: 1/ms"
        let entry = try await Self.entries(
            Self.text(paths: 4096, published: Self.entry(rate, scheme)))[0]
        let step = try #require(entry.atStep)
        // A grid loses spikes: some 5 % here. On common paths the loss is known better than the rates.
        #expect(step.h == 0.5 && step.value! < 0.97 * rate && entry.finer.map(\.h) == [0.25])
        #expect(abs(step.shift! - (step.value! - entry.limit.value!)) < 1e-12)
        #expect(step.shiftStandardError! < 0.5 * entry.limit.standardError!)
        #expect(entry.verdict == .holds && entry.reproduced == .shifts)
        #expect(abs(entry.order! - 0.5) < 0.3 && entry.orderLow! < entry.order!)
        #expect(entry.stepEffectPercent! < -3)
    }

    /// Where the truth is at the tolerance's end, half of all estimates are beyond: none may be called proven. 100 seeds at a
    /// false-alarm probability of 1e-6.
    @Test("no false shift where the truth is at the end of the tolerance")
    func falseAlarms() async throws {
        let rate = try Self.rate
        var beyond = 0
        for seed in 1...100 {
            let entry = try await Self.entries(
                Self.text(paths: 32, seed: seed, published: Self.entry(rate / 0.98)))[0]
            #expect(entry.verdict != .shifts && entry.verdict != .overturned)
            if entry.limit.value! < rate { beyond += 1 }
        }
        // Otherwise nothing was tested.
        #expect((20...80).contains(beyond))
    }

    @Test("of a sweep takes all points together")
    func sweep() async throws {
        let text =
            Self.text(
                paths: 256,
                published: """
                      - {quantity: ratio, value: 3.3, h: 0.5, integrator: euler-maruyama, tolerance: 30%, source: a test}
                      - {quantity: firing-rate, at: {mu: 0.1}, value: 0.0753, tolerance: 5%, source: a test}
                      - {quantity: peak-height, value: 0.0753, source: a test}
                    """) + "\nsweep: {mu: [0.04, 0.06, 0.08, 0.09, 0.1]}\n"
        let entries = try await Self.entries(text)
        #expect(entries.map(\.quantity) == ["ratio", "peak-height", "firing-rate"])
        let (ratio, peak, single) = (entries[0], entries[1], entries[2])
        let model = try StudyFile.parseAll(text, file: "")[0].problem.models[0]
        var steeper = model
        steeper.drive = 0.1
        let expected =
            try StationaryLaw.siegert(steeper).means["firing-rate"]!.value
            / StationaryLaw.siegert(model).means["firing-rate"]!.value
        let error = try #require(ratio.limit.standardError)
        #expect(abs(ratio.limit.value! - expected) < 4.5 * error && error < 0.1 * expected)
        #expect(ratio.point == nil && single.point == ["mu": 0.1] && single.verdict == .holds)
        // A curve that rises has no peak.
        #expect(peak.limit.value == nil && peak.verdict == .unresolved)
    }

    @Test(
        "bad entries are refused with what to do",
        arguments: [
            ("{quantity: firing-rat, value: 1, source: a}", "firing-rate"),
            ("{quantity: firing-rate, source: a}", "value"),
            ("{quantity: firing-rate, value: 1}", "source"),
            ("{quantity: firing-rate, value: 1, source: a, h: 0.5}", "give both"),
            (
                "{quantity: firing-rate, value: 1, source: a, h: 0.125, integrator: euler-maruyama}",
                "add it to `steps`"
            ),
            (
                "{quantity: firing-rate, value: 1, source: a, h: 0.5, integrator: heun}",
                "add it to `integrators`"
            ),
            ("{quantity: firing-rate, value: 1, source: a, case: E}", "network"),
            ("{quantity: peak-height, value: 1, source: a}", "sweep"),
            ("{quantity: firing-rate, of: synchrony, value: 1, source: a}", "remove `of`"),
            ("{quantity: firing-rate, value: 1, source: a, tolerance: -2%}", "2% or 0.02"),
        ])
    func refusals(_ entry: String, _ remedy: String) {
        let error = #expect(throws: StudyFileError.self) {
            try StudyFile.parse(Self.text(paths: 32, published: "  - \(entry)"), file: "a.yaml")
        }
        #expect(error.map { "\($0)".contains(remedy) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test("a number of a swept study says of which point it is")
    func places() {
        let text = Self.text(paths: 32, published: Self.entry(1)) + "\nsweep: {mu: [0.1, 0.2]}\n"
        let error = #expect(throws: StudyFileError.self) { try StudyFile.parseAll(text, file: "a.yaml") }
        #expect(error.map { "\($0)".contains("add `at`") } == true)
    }
}

@Suite("Quantities of curves")
struct DerivedQuantityTests {
    private let x = [1, 1.5, 2, 2.5, 3, 3.5, 4.0]

    @Test("the peak of a cubic is its own, whatever the weights")
    func peak() throws {
        // Maximum of (x - 2.2)² (x - 8.2) + 5 … at 2.2, where it is 5.
        let y = x.map { ($0 - 2.2) * ($0 - 2.2) * ($0 - 8.2) + 5 }
        let weights = [1.0, 5, 2, 9, 1, 3, 1]
        #expect(abs(DerivedQuantity.peakPosition.value(x: x, y: y, weights: weights)! - 2.2) < 1e-9)
        #expect(abs(DerivedQuantity.peakHeight.value(x: x, y: y, weights: weights)! - 5) < 1e-9)
        #expect(DerivedQuantity.peakHeight.value(x: x, y: x, weights: weights) == nil)
        #expect(DerivedQuantity.peakHeight.value(x: [1, 2, 3], y: [0, 1, 0], weights: [1, 1, 1]) == nil)
    }

    @Test("zero crossings and ratios")
    func others() {
        let weights = x.map { _ in 1.0 }
        #expect(
            abs(DerivedQuantity.zeroCrossing.value(x: x, y: x.map { 2.2 - $0 }, weights: weights)! - 2.2)
                < 1e-12)
        #expect(DerivedQuantity.zeroCrossing.value(x: x, y: x, weights: weights) == nil)
        #expect(DerivedQuantity.ratio.value(x: x, y: x, weights: weights) == 4)
        #expect(DerivedQuantity.ratio.value(x: x, y: x.map { $0 - 1 }, weights: weights) == nil)
    }

    @Test("errors are those of the paths: leaving out groups that differ by noise alone")
    func jackknife() throws {
        // A parabola whose height every group shifts by its own number: the peak's error is that of their mean.
        let shifts = (0..<16).map { Double($0) }
        let mean = shifts.reduce(0, +) / 16
        let points = x.map { x in
            var scalar = Scalar(
                study: "", case: "", name: "", method: "m", integrator: "m", h: nil,
                value: 10 - (x - 2) * (x - 2) + mean, standardError: 1, intervalLow: nil, intervalHigh: nil,
                unit: "")
            let total = shifts.reduce(0, +)
            scalar.jackknife = shifts.map { 10 - (x - 2) * (x - 2) + (total - $0) / 15 }
            return (x: x, scalar: scalar)
        }
        let found = try #require(DerivedQuantity.peakHeight.measured(points))
        let variance = shifts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 15 / 16
        #expect(abs(found.value - 10 - mean) < 1e-9)
        #expect(abs(found.standardError! - variance.squareRoot()) < 1e-6)
        #expect(DerivedQuantity.peakPosition.measured(points)!.standardError! < 1e-6)
    }
}

@Suite("Ramps in studies")
struct RampTests {
    static let text = """
        study: ramp
        problem:
          model: white-noise-lif
          parameters: {sigma: 0.05}
          duration: 400
        ramp: {mu: [0, 0.1], over: 200, then: back, stairs: 20}
        integrators: [euler-maruyama]
        steps: [0.5]
        measures: [{weak: firing-rate}]
        sampling: {paths: 64}

        """

    @Test("make the drive climb and fall, and tell the rate on every stair and where it jumps")
    func run() async throws {
        let study = try StudyFile.parse(Self.text, file: "r.yaml")
        #expect(study.problem.ramp?.stairsInAll == 40 && study.problem.models[0].drive == 0)
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        let curve = try #require(
            result.curves?.first { $0.name == "ramp-rate-network" && $0.integrator == "exact-event" })
        #expect(curve.x.count == 40 && abs(curve.x[0] - 0.0025) < 1e-12 && abs(curve.x[20] - 0.0975) < 1e-12)
        // All spikes are on some stair.
        let rate = try #require(
            result.scalars.first { $0.name == "firing-rate" && $0.integrator == "exact-event" }?.value)
        let average = curve.y.reduce(0, +) / 40
        #expect(abs(average - rate) < 1e-12)
        let folds = result.scalars.filter { $0.name.hasPrefix("fold-") }
        #expect(folds.count == 4 && folds.allSatisfy { ($0.value ?? 0) > 0.02 && ($0.value ?? 1) < 0.1 })
    }

    @Test("jumps are where the rate passes the middle of its extremes")
    func jumps() {
        let ramp = DriveRamp(key: "mu", start: 0, end: 1, rises: [], time: 10, stairs: 10, comesBack: true)
        let there: [Double] = [1, 1, 1, 1, 1, 1, 9, 9, 9, 9]
        let back: [Double] = [9, 9, 9, 9, 9, 9, 9, 1, 1, 1]
        let jumps = RampJumps(there + back, ramp)
        #expect(jumps.up == 0.65 && abs(jumps.down! - 0.25) < 1e-12)
        #expect(RampJumps(.init(repeating: 3, count: 20), ramp).up == nil)
    }

    @Test(
        "are refused with what to do",
        arguments: [
            ("{mu: [0, 0.1], over: 100, then: back}", "over"), ("{over: 200}", "mu: [0, 0.01]"),
            ("{mu: [0.1, 0.1], over: 400}", "beginning"),
            ("{mu: [0, 0.1], over: 400, then: up}", "back, stop"),
            ("{E.mu: [0, 0.1], over: 400}", "unknown key"),
        ])
    func refusals(_ ramp: String, _ remedy: String) {
        let text = Self.text.replacing("{mu: [0, 0.1], over: 200, then: back, stairs: 20}", with: ramp)
        let error = #expect(throws: StudyFileError.self) { try StudyFile.parse(text, file: "r.yaml") }
        #expect(error.map { "\($0)".contains(remedy) } == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test("mean-field theory tells rates and folds beside the simulation")
    func meanField() async throws {
        let text = Self.text.replacing("[{weak: firing-rate}]", with: "[{weak: firing-rate}, mean-field]")
        let result = try await StudyRunner(study: StudyFile.parse(text, file: "r.yaml"), threads: 1).run {
            _, _ in
        }
        let rates = result.scalars.filter {
            $0.name == "firing-rate" && $0.method != $0.integrator || $0.method == "mean-field"
                || $0.method == "supralinear"
        }
        #expect(Set(rates.map(\.method)) == ["mean-field", "mean-field-raised", "supralinear"])
        let siegert = try StationaryLaw.siegert(StudyFile.parse(text, file: "").problem.models[0]).means[
            "firing-rate"]!.value
        let rate = try #require(rates.first { $0.method == "mean-field" && $0.name == "firing-rate" }?.value)
        #expect(abs(rate / siegert - 1) < 1e-6)
        // One neuron has no second state.
        let folds = rates.filter { $0.name == "fold-up" }
        #expect(!folds.isEmpty && folds.allSatisfy { $0.value == nil && $0.note != nil })
    }
}

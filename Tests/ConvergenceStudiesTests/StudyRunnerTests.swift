import ConvergenceStudies
import Foundation
import SpikingNumerics
import Testing

@Suite("Running a study")
struct StudyRunnerTests {
    static func study(
        steps: [Double] = [0.5, 0.125], measures: [Study.MeasureChoice] = [.init(name: "strong-final")],
        integrators: [String] = ["euler-maruyama", "exact-propagator+hermite"], paths: Int = 3000,
        problem: Problem = Problem(duration: 20), reference: Study.Reference = .exactEvent
    ) -> Study {
        Study(
            name: "s", title: "", problem: problem, reference: reference, integrators: integrators,
            steps: steps,
            measures: measures, sampling: .init(paths: paths))
    }

    static func run(_ study: Study, threads: Int = 1) async throws -> StudyResult {
        try await StudyRunner(study: study, threads: threads).run { _, _ in }
    }

    /// What must not depend on how a study was run.
    static func body(_ result: StudyResult) throws -> Data {
        var result = result
        result.header.host = ""
        result.header.time = .init()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(result)
    }

    static func row(_ result: StudyResult, _ integrator: String, _ measure: String, h: Double) -> Row {
        result.rows.first { $0.integrator == integrator && $0.measure == measure && $0.h == h }!
    }

    @Test("gives the same bytes on any number of threads")
    func threads() async throws {
        let measures = ["strong-final", "strong-mean", "count-mismatch", "spike-times", "lyapunov"]
            .map { Study.MeasureChoice(name: $0) }
        let study = Self.study(
            measures: measures, problem: Problem(initial: .stationary(burnIn: 10), duration: 20))
        let one = try Self.body(await Self.run(study, threads: 1))
        #expect(try Self.body(await Self.run(study, threads: 2)) == one)
        #expect(try Self.body(await Self.run(study, threads: 5)) == one)
    }

    /// Of integrators, those that take no more of the noise: ΔZ changes the tree that paths are drawn from.
    @Test("gives the same figures when steps, integrators or measures are added")
    func additions() async throws {
        let small = try await Self.run(Self.study())
        let large = try await Self.run(
            Self.study(
                steps: [2, 0.5, 0.125, 0x1p-7],
                measures: [.init(name: "count-mismatch"), .init(name: "strong-final")],
                integrators: IntegratorCatalogue.integrators.filter {
                    $0.refusal(NeuronModel()) == nil && NoiseContent.propagation.contains($0.noise)
                }.map(\.name)))
        for h in [0.5, 0.125] {
            #expect(
                Self.row(small, "euler-maruyama", "strong-final", h: h).value
                    == Self.row(large, "euler-maruyama", "strong-final", h: h).value)
        }
    }

    /// Without spikes a difference of V shrinks by the factor of V's own step, 1 - h/τ_m for Euler-Maruyama and
    /// e^{-h/τ_m} for the exact propagator; and by e^{-t/τ_m} in truth.
    @Test("finds the leak of a silent neuron to be its Lyapunov exponent, integrator by integrator")
    func silence() async throws {
        let result = try await Self.run(
            Self.study(
                measures: [.init(name: "lyapunov")], paths: 64,
                problem: Problem(model: NeuronModel(drive: 0, noiseStrength: 1e-6), duration: 20)))
        let exponents = result.scalars.filter { $0.name == "lyapunov-V" && $0.method == "saltation" }
        #expect(exponents.count == 5)
        for exponent in exponents {
            let expected =
                exponent.integrator == "euler-maruyama" ? log(1 - exponent.h! / 20) / exponent.h! : -0.05
            #expect(abs(try #require(exponent.value) - expected) < 1e-12, "\(exponent.integrator)")
        }
    }

    @Test("depends on the seed, and repeats with it")
    func seeds() async throws {
        var study = Self.study()
        let first = try await Self.run(study)
        #expect(try Self.body(await Self.run(study)) == Self.body(first))
        study.sampling.seed = 2
        #expect(try await Self.run(study).rows.map(\.value) != first.rows.map(\.value))
    }

    @Test("reports progress up to the last path")
    func progress() async throws {
        let done = ProgressLog()
        let result = try await StudyRunner(study: Self.study(paths: 2500), threads: 2).run {
            done.append($0, $1)
        }
        #expect(result.header.blocks == [0, 1, 2])
        // Eight paths at a time; two threads may tell of theirs in either order.
        let paths = done.entries.map(\.0)
        #expect(paths.count >= 2500 / 8 && paths.max() == 2500 && paths.min() == 8)
        #expect(Set(paths).count >= 2500 / 16)
        #expect(done.entries.allSatisfy { $0.1 == 2500 })
    }

    /// By the triangle inequality two references give root mean square errors that differ by at most the root mean
    /// square distance between the references, which is the fine grid's own error.
    @Test("finds the same errors against either reference, to within the fine grid's own")
    func references() async throws {
        let problem = Problem(duration: 100)
        let fine = 0.125 / 16
        let exact = try await Self.run(
            Self.study(steps: [0.5, 0.125], integrators: ["euler-maruyama"], paths: 8192, problem: problem),
            threads: 2)
        let own = try await Self.run(
            Self.study(
                steps: [fine], integrators: ["exact-propagator+hermite"], paths: 8192, problem: problem),
            threads: 2)
        let grid = try await Self.run(
            Self.study(
                steps: [0.5, 0.125], integrators: ["euler-maruyama"], paths: 8192, problem: problem,
                reference: .fineGrid(integrator: "exact-propagator+hermite", factor: 16)), threads: 2)
        let distance = Self.row(own, "exact-propagator+hermite", "strong-final", h: fine).value!
        #expect(distance < 0.01)
        for h in [0.5, 0.125] {
            let a = Self.row(exact, "euler-maruyama", "strong-final", h: h)
            let b = Self.row(grid, "euler-maruyama", "strong-final", h: h)
            #expect(b.reference == "fine-grid")
            #expect(abs(a.value! - b.value!) <= distance * (1 + 1e-9))
            #expect(a.value! > 3 * distance)
        }
    }

    /// Of two levels, through which the line goes: C h^p with p = log(e₁/e₂)/log(h₁/h₂) and C = e₁ h₁^{-p}.  The interval
    /// of C is symmetric in the logarithm.
    @Test("gives the constant of an order with its interval")
    func constant() async throws {
        let silent = Problem(model: NeuronModel(threshold: 50), duration: 20)
        var study = Self.study(integrators: ["euler-maruyama"], problem: silent)
        let measure = Study.MeasureChoice(name: "strong-final")
        study.expectations = [
            .init(.order(measure), integrator: "euler-maruyama", kind: .atLeast, expected: 0.3)
        ]
        let result = try await Self.run(study)
        let errors = [0.5, 0.125].map { Self.row(result, "euler-maruyama", "strong-final", h: $0).value! }
        let order = log(errors[0] / errors[1]) / log(4)
        let check = try #require(result.checks.first)
        let (constant, low, high) = (
            try #require(check.constant), try #require(check.constantLow), try #require(check.constantHigh)
        )
        #expect(abs(check.value! - order) < 1e-9 && check.tolerance == 0)
        #expect(abs(constant / (errors[0] * pow(0.5, -order)) - 1) < 1e-9)
        #expect(low < constant && constant < high && abs(low * high / (constant * constant) - 1) < 1e-9)
        // The intercept is log e₁ + p log 2: its error lies within what log e₁ and p log 2 add up to.
        let spread = log(high / constant)
        let row = Self.row(result, "euler-maruyama", "strong-final", h: 0.5)
        let ofError = log(row.intervalHigh! / row.value!)
        let ofOrder = (check.intervalHigh! - check.value!) * log(2)
        #expect(spread < 1.1 * (ofError + ofOrder) && spread > 0.9 * abs(ofError - ofOrder))
    }

    @Test("an error that is expected to be negative is proven not to be")
    func negativeError() async throws {
        let silent = Problem(model: NeuronModel(threshold: 50), duration: 20)
        var study = Self.study(integrators: ["euler-maruyama"], problem: silent)
        study.expectations = [
            .init(
                .error(.init(name: "strong-final"), h: nil), integrator: "euler-maruyama", expected: -1,
                tolerance: 0.5)
        ]
        #expect(try await Self.run(study).checks.map(\.verdict) == [.fail])
    }

    /// Powers of two change no digit, so that errors of V are scaled by them, exactly, and nothing else changes.
    @Test("finds the same in any unit of V")
    func units() async throws {
        func result(_ unit: Double) async throws -> StudyResult {
            let model = NeuronModel(
                threshold: unit, drive: 0.06 * unit, noiseStrength: 0.02 * unit)
            return try await Self.run(
                Self.study(
                    measures: ["strong-final", "spike-times", "lyapunov"].map { .init(name: $0) }, paths: 64,
                    problem: Problem(model: model, initial: .fixed(voltage: 0, current: 0), duration: 60)))
        }
        let (one, other) = (try await result(1), try await result(1024))
        for (a, b) in zip(one.rows, other.rows) {
            #expect(b.value == a.value.map { a.measure == "strong-final" ? 1024 * $0 : $0 }, "\(a.measure)")
        }
        let (scalars, others) = (one.scalars, other.scalars)
        #expect(scalars.contains { $0.method == "twin" && $0.value != nil })
        for (a, b) in zip(scalars, others) where ["twin", "saltation"].contains(a.method) {
            #expect(a.value == b.value, "\(a.name) \(a.integrator)")
        }
    }

    @Test("calls nothing resolved that a few paths carry, nor anything finer")
    func unresolved() async throws {
        let result = try await Self.run(
            Self.study(
                steps: [0.5, 0.25, 0.125, 0.0625], integrators: ["exact-propagator+hermite"], paths: 2048,
                problem: Problem(duration: 100)))
        let rows = result.rows.sorted { $0.h > $1.h }
        let first = rows.firstIndex { !$0.resolved }
        #expect(first != nil)
        #expect(rows[first!...].allSatisfy { !$0.resolved && !$0.note.isEmpty })
        #expect(result.orders[0].order == nil && result.orders[0].levels == 0)
    }

    @Test("knows a neuron without noise: errors have no spread, exact schemes none but rounding")
    func deterministic() async throws {
        let problem = Problem(model: NeuronModel(drive: 0.03, noiseStrength: 0), duration: 20)
        let steps = [0.5, 0.25, 0.125, 0.0625]
        let result = try await Self.run(
            Self.study(
                steps: steps, integrators: ["euler-maruyama", "exact-propagator"], paths: 64, problem: problem
            ))
        let euler = result.orders.first { $0.integrator == "euler-maruyama" }!
        #expect(euler.intervalLow! < euler.order! && abs(euler.order! - 1) < 0.03)
        #expect(result.rows.filter { $0.integrator == "euler-maruyama" }.allSatisfy { $0.standardError == 0 })
        let exact = result.rows.filter { $0.integrator == "exact-propagator" }
        #expect(exact.allSatisfy { !$0.resolved && $0.value! < 1e-13 })
    }

    @Test("draws a path whose two solutions come apart, and where")
    func samplePath() async throws {
        let result = try await Self.run(
            Self.study(steps: [0.5], paths: 1024, problem: Problem(duration: 100)))
        let path = try #require(result.samplePath)
        #expect(
            path.reference.spikes.count != path.tested.spikes.count
                || zip(path.reference.spikes, path.tested.spikes).contains { abs($0 - $1) > 0.5 })
        #expect(path.closeUp[0] < path.closeUp[1])
        #expect(path.reference.times == path.reference.times.sorted())
        // A point per step, and the two ends of every reset.
        #expect(path.tested.times.count == 201 + 2 * path.tested.spikes.count)
        #expect(path.tested.times == path.tested.times.sorted())
        // The drawing is of the same path as the statistics: a spike is where one was noted, and only one of the two has it.
        let middle = (path.closeUp[0] + path.closeUp[1]) / 2
        let noted = [path.reference, path.tested].filter { $0.spikes.contains { abs($0 - middle) < 1e-9 } }
        #expect(noted.count == 1)
        #expect(path.crossingSpeed! > 0 && path.crossingSpeed! < 0.02)
    }

    @Test("replays where the study file says so")
    func replayKey() throws {
        let text = """
            study: r
            problem: {duration: 20}
            integrators: [euler-maruyama]
            steps: [0.5]
            measures: [strong-final]
            sampling: {paths: 8}

            """
        #expect(try !StudyFile.parse(text, file: "r.yaml").replay)
        #expect(try StudyFile.parse(text + "replay: true\n", file: "r.yaml").replay)
        #expect(try !StudyFile.parse(text + "replay: false\n", file: "r.yaml").replay)
        #expect(throws: StudyFileError.self) { try StudyFile.parse(text + "replay: maybe\n", file: "r.yaml") }
    }

    @Test("reports replays as cases of their own")
    func replay() async throws {
        var study = Self.study(
            paths: 512,
            problem: Problem(
                network: LayeredFeedforward(layers: 2, width: 2, weights: [0.05]).network(), duration: 40))
        study.replay = true
        let result = try await Self.run(study)
        #expect(
            Set(result.rows.map(\.case)) == [
                "network", "layer-1", "layer-2", "replay", "replay-layer-1", "replay-layer-2",
            ])
        func value(_ name: String) -> Double? { result.rows.first { $0.case == name && $0.h == 0.5 }!.value }
        #expect(value("layer-1") == value("replay-layer-1") && value("layer-2") != value("replay-layer-2"))
    }

    @Test("lists the reference's spikes where spike times are measured")
    func crossings() async throws {
        let problem = Problem(duration: 100)
        let result = try await Self.run(
            Self.study(measures: [.init(name: "spike-times")], paths: 1500, problem: problem), threads: 2)
        let rate = result.scalars.first { $0.name == "firing-rate" && $0.integrator == "exact-event" }!.value!
        #expect(abs(Double(result.crossings.count) - rate * 100 * 1500) < 1e-6)
        #expect(result.crossings.map(\.path) == result.crossings.map(\.path).sorted())
        #expect(result.crossings.allSatisfy { $0.speed > 0 && $0.time > 0 && $0.time <= 100 })
        #expect(try await Self.run(Self.study(problem: problem)).crossings.isEmpty)
    }

    @Test("says how long every integrator worked")
    func work() async throws {
        let result = try await Self.run(Self.study(), threads: 2)
        #expect(result.header.time.work.map(\.h) == [0.5, 0.125, 0.5, 0.125])
        #expect(
            result.header.time.work.allSatisfy {
                $0.secondsPerPath > 0 && $0.secondsPerPath < result.header.time.seconds
            })
    }

    @Test("refuses what is not a step of the tree")
    func refusals() async {
        await #expect(throws: StudyPlanError.self) { try await Self.run(Self.study(steps: [0.3])) }
        await #expect(throws: StudyPlanError.self) { try await Self.run(Self.study(integrators: ["euler"])) }
        await #expect(throws: StudyPlanError.self) {
            try await Self.run(Self.study(problem: Problem(duration: 20.2)))
        }
    }
}

/// Progress calls come from any thread.
final class ProgressLog: @unchecked Sendable {
    private let lock = NSLock()
    private var log: [(Int, Int)] = []

    var entries: [(Int, Int)] { lock.withLock { log } }

    func append(_ done: Int, _ total: Int) { lock.withLock { log.append((done, total)) } }
}

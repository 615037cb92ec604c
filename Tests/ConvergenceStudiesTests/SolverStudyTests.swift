import CTemplateSolver
import ConvergenceStudies
import SolverProtocol
import SpikingNumerics
import Testing

@Suite("Studies of solvers outside the catalogue")
struct SolverStudyTests {
    static let cTemplate = FunctionSolver(name: "c") { euler_maruyama($0, $1) }

    static let problems: [Problem] = [
        Problem(duration: 100),
        Problem(model: NeuronModel(refractoryPeriod: 2.3), duration: 50),
        Problem(
            network: LayeredFeedforward(layers: 3, width: 4, weights: [0.01, 0.02]).network(), duration: 50),
        Problem(
            network: Network(
                neuronCount: 3,
                synapses: (0..<3).map { .init(source: $0, target: ($0 + 1) % 3, weight: 0.03, delay: 1.3) }),
            initial: .stationary(burnIn: 20), duration: 40),
    ]
    static let measures: [Study.MeasureChoice] = [
        .init(name: "strong-final"), .init(name: "strong-mean"),
        .init(name: "weak", observable: "spike-count"),
        .init(name: "weak", observable: "tanh-I"), .init(name: "count-mismatch"), .init(name: "spike-times"),
    ]

    static func study(
        _ problem: Problem, _ choices: [SolverChoice], paths: Int = 256,
        measures: [Study.MeasureChoice] = measures
    ) -> Study {
        var study = Study(
            name: "s", title: "", problem: problem, integrators: ["euler-maruyama"] + choices.map(\.name),
            steps: [0.5, 0.25], measures: measures, sampling: .init(paths: paths))
        study.solvers = choices
        return study
    }

    static func run(_ study: Study, threads: Int = 1) async throws -> StudyResult {
        try await StudyRunner(study: study, threads: threads).run { _, _ in }
    }

    /// Every row of a solver beside that of our Euler-Maruyama.
    static func pairs(_ result: StudyResult, _ solver: String) -> [(ours: Row, its: Row)] {
        let ours = result.rows.filter { $0.integrator == "euler-maruyama" }
        let its = result.rows.filter { $0.integrator == solver }
        return Array(zip(ours, its))
    }

    @Test("the C template has the errors of our Euler-Maruyama, up to rounding", arguments: problems)
    func template(problem: Problem) async throws {
        let result = try await Self.run(
            Self.study(problem, [SolverChoice(name: "c", solver: Self.cTemplate)]))
        let pairs = Self.pairs(result, "c")
        #expect(pairs.count >= 16)
        for (ours, its) in pairs {
            #expect(ours.case == its.case && ours.measure == its.measure && ours.h == its.h)
            // The two differ in the order of additions only.
            let difference = abs((ours.value ?? 0) - (its.value ?? 0))
            #expect(difference <= 1e-12, "\(ours.measure) \(ours.value ?? 0) \(its.value ?? 0)")
        }
    }

    @Test("neither batches nor threads change a result")
    func batches() async throws {
        func result(batch: Int?, threads: Int) async throws -> StudyResult {
            let choice = SolverChoice(name: "c", solver: Self.cTemplate, batch: batch)
            var result = try await Self.run(
                Self.study(Problem(duration: 20), [choice], paths: 1500), threads: threads)
            (result.header.host, result.header.time) = ("", .init())
            return result
        }
        let whole = try await result(batch: nil, threads: 1)
        #expect(try await result(batch: 64, threads: 2) == whole)
        #expect(whole.header.solvers?.first?.identity?.solver == "c")
    }

    @Test("paths, batches and increments are those that were asked for")
    func requests() async throws {
        let recorder = RequestRecorder()
        _ = try await Self.run(
            Self.study(
                Problem(duration: 20),
                [SolverChoice(name: "r", solver: recorder, method: "m", wantsIntegrals: true, batch: 128)],
                paths: 200))
        let requests = await recorder.log.requests
        #expect(requests.map(\.paths) == [0..<128, 0..<128, 128..<200, 128..<200])
        #expect(requests.map(\.step) == [0.5, 0.25, 0.5, 0.25])
        for request in requests {
            #expect(request.method == "m" && request.mode == .strong)
            #expect(request.increments.count == request.paths.count * request.steps)
            #expect(request.integrals.count == request.increments.count)
            #expect(request.recordedSteps.last == request.steps)
        }
        // Two fine increments make a coarse one.
        let (coarse, fine) = (requests[0], requests[1])
        for path in [0, 127] {
            for k in 0..<coarse.steps {
                let sum =
                    fine.increment(path: path, step: 2 * k, neuron: 0)
                    + fine.increment(path: path, step: 2 * k + 1, neuron: 0)
                #expect(abs(coarse.increment(path: path, step: k, neuron: 0) - sum) < 1e-14)
            }
        }
    }

    @Test("without noise the mode is deterministic, and there are no increments")
    func deterministic() async throws {
        let recorder = RequestRecorder()
        let quiet = Problem(model: NeuronModel(noiseStrength: 0), duration: 20)
        _ = try await Self.run(Self.study(quiet, [SolverChoice(name: "r", solver: recorder)], paths: 8))
        for request in await recorder.log.requests {
            #expect(request.mode == .deterministic && request.increments.isEmpty)
        }
    }

    @Test("in weak mode there are seeds instead of increments, and only averages are compared")
    func weak() async throws {
        let recorder = RequestRecorder()
        let result = try await Self.run(
            Self.study(
                Problem(duration: 20), [SolverChoice(name: "r", solver: recorder, mode: .weak, batch: 64)],
                paths: 128))
        let requests = await recorder.log.requests
        #expect(Set(requests.map(\.seed)).count == 4)
        #expect(requests.allSatisfy { $0.increments.isEmpty && $0.seed < 1 << 32 })
        #expect(Set(result.rows.filter { $0.integrator == "r" }.map(\.measure)) == ["weak"])
        #expect(result.rows.contains { $0.integrator == "euler-maruyama" && $0.measure == "strong-final" })
    }

    @Test("external input and a stationary start reach the solver")
    func arrivals() async throws {
        let recorder = RequestRecorder()
        let problem = Problem(
            initial: .stationary(burnIn: 20),
            inputs: [.init(.times([3.25, 7], height: 0.5), jump: .voltage, neurons: 0..<1)], duration: 20)
        _ = try await Self.run(Self.study(problem, [SolverChoice(name: "r", solver: recorder)], paths: 16))
        let request = try #require(await recorder.log.requests.first)
        #expect(request.arrivals.filter { $0.path == 3 }.map(\.time) == [3.25, 7])
        #expect(request.arrivals.allSatisfy { $0.jump == .voltage && $0.height == 0.5 })
        #expect(Set((0..<16).map { request.initialState(path: $0, neuron: 0).voltage }).count == 16)
    }

    @Test("what a solver does not support is skipped, visibly, and the others are reported")
    func skipped() async throws {
        struct FineOnly: PathSolver {
            func solve(_ request: SolverRequest) throws -> SolverReply {
                if request.step > 0.3 { throw UnsupportedCase("too coarse") }
                return try SwiftSolver().solve(request)
            }
        }
        let result = try await Self.run(
            Self.study(Problem(duration: 20), [SolverChoice(name: "fine", solver: FineOnly())]))
        for (ours, its) in Self.pairs(result, "fine") {
            let isSkipped = its.h > 0.3
            #expect(its.note.contains("too coarse") == isSkipped)
            #expect((its.value == nil) == (isSkipped || ours.value == nil))
            if isSkipped { #expect(!its.resolved) }
        }
        #expect(result.header.solvers?.first?.skipped.map(\.h) == [0.5])
        #expect(!result.scalars.contains { $0.integrator == "fine" && $0.h == 0.5 })
        #expect(result.scalars.contains { $0.integrator == "fine" && $0.h == 0.25 })
    }

    @Test("a solver that changes its mind about a case has failed")
    func inconsistent() async throws {
        struct Moody: PathSolver {
            func solve(_ request: SolverRequest) throws -> SolverReply {
                if request.paths.lowerBound == 0 { throw UnsupportedCase("not today") }
                return try SwiftSolver().solve(request)
            }
        }
        await #expect(throws: SolverError.self) {
            let choice = SolverChoice(name: "moody", solver: Moody(), batch: 64)
            _ = try await Self.run(Self.study(Problem(duration: 20), [choice], paths: 128))
        }
    }

    @Test("errors name the solver, the step and the paths")
    func failing() async throws {
        let wild = MisreportingSolver { _, reply in reply.states[5] = .nan }
        await #expect {
            _ = try await Self.run(
                Self.study(Problem(duration: 20), [SolverChoice(name: "wild", solver: wild)]))
        } throws: {
            "\($0)".contains("wild at h = 0.5 ms, paths 0 to 255: I is nan")
        }
    }

    /// 65 536 steps of two neurons take 2^20 bytes for each path, of which a batch may have 2^28.
    @Test("batches of long runs are as small as memory wants them")
    func smallBatches() async throws {
        struct Mute: PathSolver {
            func solve(_ request: SolverRequest) throws -> SolverReply {
                SolverReply(to: request, solver: "mute", version: "1", stamps: .stepEnd)
            }
        }
        var study = Self.study(
            Problem(network: Network(neuronCount: 2), duration: 2048),
            [SolverChoice(name: "mute", solver: Mute())], paths: 1024,
            measures: [.init(name: "strong-final")])
        study.steps = [0x1p-5]
        await #expect {
            _ = try await Self.run(study)
        } throws: {
            "\($0)".contains("mute at h = 0.03125 ms, paths 0 to 255: V is nan")
        }
    }

    @Test("Lyapunov exponents and replays are not to be had")
    func refused() async throws {
        let choice = SolverChoice(name: "s", solver: SwiftSolver())
        await #expect(throws: StudyPlanError.self) {
            _ = try await Self.run(
                Self.study(Problem(duration: 20), [choice], measures: [.init(name: "lyapunov")]))
        }
        await #expect(throws: StudyPlanError.self) {
            var study = Self.study(Problem(duration: 20), [choice])
            study.replay = true
            _ = try await Self.run(study)
        }
    }
}

/// Solves, and remembers what it was asked.
private struct RequestRecorder: PathSolver {
    actor Log {
        private(set) var requests: [SolverRequest] = []
        func add(_ request: SolverRequest) { requests.append(request) }
    }

    let log = Log()

    func solve(_ request: SolverRequest) async throws -> SolverReply {
        await log.add(request)
        return try LadderNetworkTests.Weak().solve(request)
    }
}

import NumericalMethods
import SolverProtocol
import SpikingNumerics

/// Has the solvers of a plan work on batches of paths, for one simulation that replays what they found.
final class SolverSession {
    private struct Participant {
        /// Its place among the plan's tested participants.
        var index: Int
        var choice: SolverChoice
        var step: Double
        var level: Int
        var run: SolverRun
        var solved: SolvedPaths?
    }

    private let plan: StudyPlan
    private var participants: [Participant] = []
    private let source: PathNoise.Source?
    private var batch = 0..<0
    /// By place among the tested participants; blank for integrators of the catalogue.
    private(set) var outcomes: [SolverOutcome]
    /// Of solvers that draw their own noise, the states that paths have ended in so far, by place among the participants.
    private var ends: [Set<UInt64>]
    /// Seconds that the solvers have worked, likewise.
    private(set) var secondsOfWork: [Double]

    /// The noise of a batch takes at most so many bytes.
    private static let largestBatch = 1 << 28

    init(plan: StudyPlan, simulation: CoupledSimulation) {
        self.plan = plan
        outcomes = .init(repeating: SolverOutcome(), count: plan.tested.count)
        secondsOfWork = .init(repeating: 0, count: plan.tested.count)
        ends = .init(repeating: [], count: plan.tested.count)
        for (index, run) in simulation.tested.enumerated() {
            guard let run = run as? SolverRun else { continue }
            let tested = plan.tested[index]
            let choice = plan.study.solvers.first { $0.name == tested.integrator.name }!
            participants.append(
                Participant(
                    index: index, choice: choice, step: plan.forest.width(level: tested.level),
                    level: tested.level, run: run))
        }
        source =
            participants.isEmpty
            ? nil
            : PathNoise.Source(
                problem: plan.study.problem, forest: plan.forest, reference: plan.reference.level,
                tested: plan.tested.map(\.level), levels: Set(participants.map(\.level)),
                wantsIntegrals: participants.contains { $0.choice.wantsIntegrals },
                seed: plan.study.sampling.seed)
    }

    /// The paths of a block, batch by batch.
    func batches(of paths: Range<Int>) -> [Range<Int>] {
        let size = batchSize
        return stride(from: paths.lowerBound, to: paths.upperBound, by: size).map {
            $0..<min($0 + size, paths.upperBound)
        }
    }

    private var batchSize: Int {
        let steps = Set(participants.map(\.level)).reduce(0) { $0 + stepCount(level: $1) }
        let bytes = 8 * plan.study.problem.network.neuronCount * steps
        var size = participants.compactMap(\.choice.batch).min() ?? PathSampler.blockSize
        while size > 8, size * bytes > Self.largestBatch { size /= 2 }
        return size
    }

    private func stepCount(level: Int) -> Int {
        Int((plan.study.problem.duration / plan.forest.width(level: level)).rounded())
    }

    /// Has every solver solve a batch.
    ///
    /// - Parameter recordInterval: Distance of the simulation's record points, ms.
    /// - Throws: `SolverError`, `SimulationError`.
    func solve(_ paths: Range<Int>, recordInterval: Double) async throws {
        guard let source else { return }
        batch = paths
        let noise = try source.noise(paths: paths)
        for k in participants.indices {
            let participant = participants[k]
            let began = ContinuousClock.now
            participants[k].solved = try await solved(
                participant, request(participant, noise: noise, recordInterval: recordInterval))
            secondsOfWork[participant.index] += began.duration(to: .now) / .seconds(1)
            if participant.choice.mode == .weak { try checkNews(k) }
        }
    }

    /// Standard errors presume that paths are independent, and paths that end in the same state to the last bit are not.
    ///
    /// - Throws: `SolverError` where more than one in ten of a batch, and at least eight, are repetitions.
    private func checkNews(_ k: Int) throws(SolverError) {
        let participant = participants[k]
        guard plan.study.problem.isRandom, let solved = participant.solved else { return }
        let repeated = (0..<batch.count).count { path in
            !ends[participant.index].insert(solved.fingerprint(path: path)).inserted
        }
        guard repeated >= 8, 10 * repeated > batch.count else { return }
        throw SolverError(
            .failure,
            "\(participant.choice.name) at h = \(participant.step) ms, paths \(batch.lowerBound) to \(batch.upperBound - 1): "
                + "\(repeated) of them end in the very state of an earlier path, so its noise is not new; seed its generator with the "
                + "request's seed, which differs for every batch, and draw [paths, steps, neurons] numbers")
    }

    /// Points all replaying runs at the eight paths from `firstPath` on.
    func turn(to firstPath: Int) {
        for participant in participants {
            participant.run.turn(
                to: participant.solved, firstPath: firstPath - batch.lowerBound, paths: batch.count)
        }
    }

    private func request(
        _ participant: Participant, noise: PathNoise, recordInterval: Double
    ) -> SolverRequest {
        var request = SolverRequest(
            problem: plan.study.problem, step: participant.step,
            steps: stepCount(level: participant.level), recordInterval: recordInterval, paths: batch,
            mode: participant.choice.mode, method: participant.choice.method)
        request.initial = noise.initial
        request.arrivals = noise.arrivals
        switch request.mode {
        case .strong:
            request.increments = noise.increments[participant.level]!
            if participant.choice.wantsIntegrals { request.integrals = noise.integrals[participant.level]! }
        case .weak:
            var generator = SplitMix64(
                seed: plan.study.sampling.seed &+ UInt64(batch.lowerBound) << 32 &+ UInt64(participant.index))
            request.seed = generator.next() >> 32
        case .deterministic: break
        }
        return request
    }

    /// - Returns: Nil where the solver does not support the case.
    private func solved(_ participant: Participant, _ request: SolverRequest) async throws -> SolvedPaths? {
        do {
            let solved = try SolvedPaths(try await participant.choice.solver.solve(request), to: request)
            note(.init(identity: solved.identity), participant)
            return solved
        } catch let unsupported as UnsupportedCase {
            note(.init(skipped: unsupported.reason), participant)
            return nil
        } catch var error as SolverError {
            error.message =
                "\(participant.choice.name) at h = \(request.step) ms, paths \(batch.lowerBound) to "
                + "\(batch.upperBound - 1): \(error.message)"
            throw error
        }
    }

    private func note(_ outcome: SolverOutcome, _ participant: Participant) {
        outcomes[participant.index].fold(outcome)
    }
}

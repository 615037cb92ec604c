import Foundation
import SolverProtocol
import SpikingNumerics

/// Asks a solver small questions.
struct SolverProbe: Sendable {
    /// A question and the answer.
    struct Answer {
        var request: SolverRequest
        var solved: SolvedPaths

        /// In steps.
        func spikes(neuron: Int, path: Int = 0) -> [Double] {
            solved.spikeTimes(path: path, neuron: neuron).map { $0 / request.step }
        }

        /// V at the end of every step, where every step was recorded.
        func voltages(neuron: Int, path: Int = 0) -> [Double] {
            request.recordedSteps.indices.map { solved.state(path: path, record: $0, neuron: neuron).voltage }
        }

        func currents(neuron: Int, path: Int = 0) -> [Double] {
            request.recordedSteps.indices.map { solved.state(path: path, record: $0, neuron: neuron).current }
        }
    }

    /// The probability that a rung fails by chance, at most: a dozen of them make little more than one in a million.
    static let falseAlarm = 1e-7

    let choice: SolverChoice
    /// For studies.
    let paths: Int
    /// What every neuron's refractory period is longer by, ms: some solvers cannot do without any.
    var refractoryPeriod = 0.0

    /// Has a problem solved, every step recorded.
    ///
    /// - Parameters:
    ///   - step: A power-of-two fraction of 4 ms that divides the duration.
    ///   - seed: For solvers that draw their own noise.
    /// - Throws: `UnsupportedCase`, `SolverError`.
    func ask(_ problem: Problem, step: Double, paths: Int = 2, seed: UInt64 = 1) async throws -> Answer {
        let problem = withRefractoryPeriod(problem)
        let forest = try BrownianForest(problem, rootCell: 4)
        guard let level = forest.grid.level(step: step) else { preconditionFailure("no step of the tree") }
        var request = SolverRequest(
            problem: problem, step: step, steps: Int((problem.duration / step).rounded()),
            recordInterval: step, paths: 0..<paths, mode: choice.mode, method: choice.method)
        let noise = try PathNoise.Source(
            problem: problem, forest: forest, reference: level, tested: [level], levels: [level],
            wantsIntegrals: choice.wantsIntegrals, seed: 1
        ).noise(paths: 0..<paths)
        request.initial = noise.initial
        if request.mode == .strong {
            request.increments = noise.increments[level]!
            if choice.wantsIntegrals { request.integrals = noise.integrals[level]! }
        }
        request.seed = seed
        return Answer(
            request: request, solved: try SolvedPaths(try await choice.solver.solve(request), to: request))
    }

    private func withRefractoryPeriod(_ problem: Problem) -> Problem {
        var problem = problem
        for k in problem.models.indices { problem.models[k].refractoryPeriod += refractoryPeriod }
        return problem
    }

    /// Runs a study with the solver beside our Euler-Maruyama.
    ///
    /// - Parameter orders: What the solver's orders are to be at least; one that is not proven to be lower does not fail, and one
    ///   that is as high does in one of a million ladders at most.
    func run(
        _ problem: Problem, steps: [Double],
        orders: [(measure: Study.MeasureChoice, order: Double, tolerance: Double)],
        paths: Int
    ) async throws -> StudyResult {
        var study = Study(
            name: "ladder", title: "", problem: withRefractoryPeriod(problem),
            integrators: ["euler-maruyama", choice.name],
            steps: steps, measures: orders.map(\.measure),
            sampling: .init(paths: paths, falseAlarm: Self.falseAlarm),
            expectations: orders.map {
                .init(
                    measure: $0.measure, integrator: choice.name, kind: .atLeast, order: $0.order,
                    tolerance: $0.tolerance)
            })
        study.solvers = [choice]
        let result = try await StudyRunner(study: study, threads: 1).run { _, _ in }
        if let skipped = result.header.solvers?.first?.skipped.first { throw UnsupportedCase(skipped.reason) }
        return result
    }
}

/// Words for numbers of steps.
enum StepText {
    /// `one step early`, `2 steps late`.
    static func shift(_ steps: Int) -> String {
        let size = abs(steps) == 1 ? "one step" : "\(abs(steps)) steps"
        return size + (steps < 0 ? " early" : " late")
    }

    /// Three significant digits.
    static func number(_ value: Double) -> String { String(format: "%.3g", value) }
}

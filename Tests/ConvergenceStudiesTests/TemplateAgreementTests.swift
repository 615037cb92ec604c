import CTemplateSolver
import Foundation
import SolverProtocol
import SpikingNumerics
import TestSupport
import Testing

/// The templates against our own Euler-Maruyama on the same increments, state by state and spike by spike.
@Suite("Templates of solvers")
struct TemplateAgreementTests {
    static let problems: [(name: String, problem: Problem)] = [
        ("single", Problem(duration: 100)),
        ("refractory", Problem(model: NeuronModel(refractoryPeriod: 2), duration: 100)),
        (
            "3x4 feedforward",
            Problem(
                network: LayeredFeedforward(layers: 3, width: 4, weights: [0.01, 0.02]).network(),
                duration: 100)
        ),
    ]
    static let step = 0.5
    static let paths = 0..<16

    @Test(
        "NumPy has our spikes, and V to 1e-12 after every step",
        .enabled(if: NumPy.python != nil, "no Python with NumPy on this machine"), arguments: problems.indices
    )
    func numpy(_ k: Int) async throws {
        let template = Repository.folder.appending(path: "convergence/solvers/numpy/euler.py").path
        let solver = CommandSolver(command: [try #require(NumPy.python), template, "{request}", "{reply}"])
        try await expectAgreement(solver, Self.problems[k].problem)
    }

    @Test("C has our spikes, and V to 1e-12 after every step", arguments: problems.indices)
    func c(_ k: Int) async throws {
        let solver = FunctionSolver(name: "c") { euler_maruyama($0, $1) }
        try await expectAgreement(solver, Self.problems[k].problem)
    }

    private func expectAgreement(_ solver: any PathSolver, _ problem: Problem) async throws {
        let forest = try BrownianForest(problem, rootCell: 4)
        let level = try #require(forest.grid.level(step: Self.step))
        let noise = try PathNoise.Source(
            problem: problem, forest: forest, reference: level, tested: [level], levels: [level],
            wantsIntegrals: false, seed: 1
        ).noise(paths: Self.paths)
        var request = SolverRequest(
            problem: problem, step: Self.step, steps: Int(problem.duration / Self.step),
            recordInterval: Self.step, paths: Self.paths, mode: .strong, method: "")
        request.initial = noise.initial
        request.increments = try #require(noise.increments[level])
        let solved = try SolvedPaths(try await solver.solve(request), to: request)

        let ours = CoupledSimulation(
            problem: problem, forest: forest,
            reference: .init(StationaryLaw(name: "none", means: [:], source: ""), level: level),
            tested: [.init(IntegratorCatalogue.integrator(named: "euler-maruyama")!, level: level)], seed: 1,
            recordLevel: level)
        var (states, spikes) = (0, 0)
        for path in Self.paths {
            for neuron in 0..<problem.network.neuronCount {
                let trace = try ours.recordTrace(path: path, neuron: neuron, within: 0...problem.duration)
                    .tested.dropFirst()
                #expect(trace.count == request.steps)
                for (record, point) in trace.enumerated() {
                    let its = solved.state(path: path, record: record, neuron: neuron)
                    guard abs(its.voltage - point.voltage) <= 1e-12 else {
                        Issue.record("V is \(its.voltage) and not \(point.voltage) after step \(record + 1)")
                        return
                    }
                    states += 1
                }
                let end = ours.tested[0].state(neuron: neuron).current[path % 8]
                let its = solved.state(path: path, record: request.steps - 1, neuron: neuron)
                #expect(abs(its.current - end) <= 1e-12)
                let times = ours.tested[0].spikes(neuron: neuron, lane: path % 8).map(\.time)
                #expect(solved.spikeTimes(path: path, neuron: neuron) == times)
                spikes += times.count
            }
        }
        #expect(states == Self.paths.count * request.steps * problem.network.neuronCount)
        #expect(spikes > 10)
    }
}

import ConvergenceStudies
import SolverProtocol
import SpikingNumerics

struct Mine: PathSolver {
    func solve(_ request: SolverRequest) throws -> SolverReply {
        var reply = SolverReply(to: request, solver: "mine", version: "1.0", stamps: .stepEnd)
        for path in 0..<request.paths.count {
            for neuron in 0..<request.neuronCount {
                let (voltage, current) = request.initialState(path: path, neuron: neuron)
                // Here: steps from request.parameter("tau_m", neuron:), request.increment(path:step:neuron:) and
                // request.synapses, with reply.addSpike(path:neuron:time:).  This solver does not move at all.
                for record in request.recordedSteps.indices {
                    reply.setState(
                        path: path, record: record, neuron: neuron, voltage: voltage, current: current)
                }
            }
        }
        return reply
    }
}

var study = try StudyFile.read(path: "convergence/quickstart.yaml")
study.sampling.paths = 1024
study.measures.removeAll { $0.name == "lyapunov" }
study.integrators.append("mine")
study.solvers.append(SolverChoice(name: "mine", solver: Mine()))
let result = try await StudyRunner(study: study, threads: 2).run { _, _ in }
let findings = try await ConformanceLadder(SolverChoice(name: "mine", solver: Mine())).climb()

print("rows: \(result.rows.count { $0.integrator == "mine" && $0.value != nil })")
for finding in findings { print("\(finding.rung): \(finding.grade)") }

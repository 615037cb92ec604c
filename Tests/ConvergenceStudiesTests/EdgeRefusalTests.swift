import ConvergenceStudies
import SpikingNumerics
import TestSupport
import Testing

@Suite("Edge of what a study may ask for")
struct EdgeRefusalTests {
    /// A key of the valid study, what takes its place, and how the refusal begins.
    static let all: [(original: String, edge: String, message: String)] = [
        ("tau_s: 5", "tau_s: 5e-324", "is 5e-324 but must be positive and lie between 1e-9 and 1e9"),
        ("tau_m: 20", "tau_m: 1e10", "is 1e10 but must be positive and lie between 1e-9 and 1e9"),
        ("tau_s: 5", "tau_s: 1e-6", "a time constant of 1e-06 ms is too short for a step of 0.5 ms"),
        ("tau_s: 5", "tau_s: 0.1", "euler-maruyama cannot take steps of 0.5 ms: every step multiplies"),
        ("tau_m: 20", "tau_m: 0.2", "euler-maruyama cannot take steps of 0.5 ms: every step multiplies"),
        ("mu: 0.045", "mu: .inf", "is .inf, which is no finite number"),
        ("mu: 0.045", "mu: .nan", "is .nan, which is no finite number"),
        ("mu: 0.045", "mu: 1e400", "is 1e400, which is beyond what a 64-bit number holds"),
        ("mu: 0.045", "mu: 1e300", "is 1e300 but must lie between -1e9 and 1e9"),
        ("mu: 0.045", "mu: 1e3", "V can rise from V_r to V_th more than 100 times in a ms"),
        ("sigma: 0.02", "sigma: 1e3", "V can rise from V_r to V_th more than 100 times in a ms"),
        ("sigma: 0.02", "sigma: -1", "is -1 but must not be negative, nor above 1e9"),
        ("V_r: 0", "V_r: 0.9999999999999999", "V_r lies only 1.1102230246251565e-16 below V_th"),
        ("V_r: 0", "V_r: 0.9999", "V can rise from V_r to V_th more than 100 times in a ms"),
        ("V_r: 0", "V_r: 1", "V_r is 1 and V_th 1, but the reset must lie below the threshold"),
        (
            "topology: single", "topology: {layers: 2, width: 4, weight: 1e3}",
            "V of population layer-2 can rise from V_r to V_th more than 100 times in a ms"
        ),
        (
            "topology: single", "topology: {layers: 2, width: 50001, weight: 0.01, in_degree: 1}",
            "2 layers of 50001 make 100002 neurons, more than 100000"
        ),
        (
            "topology: single",
            "topology: {recurrent: {populations: {E: {size: 4}}, connections: [{from: E, to: E, rule: dense, weight: 0.1, delay: 1}]}}",
            "spikes would multiply without end"
        ),
        ("duration: 100", "duration: 100.3", "100.3 ms is not a multiple of h = 0.5 ms"),
        ("duration: 100", "duration: 1e300", "1e+300 ms are more than 2^31 root cells"),
        ("duration: 100", "duration: 5e-324", "5e-324 ms is not a multiple of h = 0.5 ms"),
        (
            "steps: [0.5, 0.25]", "steps: [4.76837158203125e-7]",
            "4.76837158203125e-07 ms is not the root cell"
        ),
        (
            "steps: [0.5, 0.25]", "steps: [4, 0.001953125]",
            "the coarsest step, 4 ms, is more than 1024 times the finest"
        ),
        ("paths: 1024", "paths: 4294967297", "is 4294967297 but must lie between 1 and 4294967296"),
    ]

    @Test("is refused, with the reason", arguments: all.indices)
    func refused(_ k: Int) throws {
        let row = Self.all[k]
        let text = StudyText.replacing(row.original, with: row.edge)
        let error = #expect(throws: StudyFileError.self) { try StudyFile.parse(text, file: "s.yaml") }
        #expect(error?.description.contains(row.message) == true, "\(String(describing: error))")
    }

    @Test("tau_s below half a step is no matter for schemes that are stable then")
    func stable() throws {
        let text = StudyText.replacing("tau_s: 5", with: "tau_s: 0.1")
            .replacing("[euler-maruyama, exact-propagator+hermite]", with: "[exact-propagator+hermite]")
            .replacing(", integrator: euler-maruyama,", with: ", integrator: exact-propagator+hermite,")
        #expect(throws: Never.self) { try StudyFile.parse(text, file: "s.yaml") }
    }

    @Test("a fine grid that is unstable is refused, too")
    func fineGrid() throws {
        let text = StudyText.replacing("tau_s: 5", with: "tau_s: 0.001")
            .replacing("[euler-maruyama, exact-propagator+hermite]", with: "[exact-propagator+hermite]")
            .replacing(", integrator: euler-maruyama,", with: ", integrator: exact-propagator+hermite,")
            .replacing(
                "reference: exact-event", with: "reference: {fine-grid: {integrator: heun, factor: 16}}")
        let error = #expect(throws: StudyFileError.self) { try StudyFile.parse(text, file: "s.yaml") }
        #expect(
            error?.description.contains("heun cannot take steps of 0.015625 ms") == true,
            "\(String(describing: error))")
    }

    /// 1e5 neurons with steps 1024 apart, all at once: 2048 cells of 192 bytes for each, 1024 places of 128 bytes for what comes to
    /// each of half of them in the finest run and in its replay, and a little more.
    static let wide: Study = {
        let network = LayeredFeedforward(
            layers: 2, width: 50_000, weights: [0.01], inDegree: 1, connectivitySeed: 1
        ).network()
        var study = Study(
            name: "wide", title: "", problem: Problem(network: network, duration: 4),
            integrators: ["euler-maruyama"], steps: [4, 0.00390625], measures: [.init(name: "strong-final")],
            sampling: .init(paths: 8))
        study.replay = true
        return study
    }()

    @Test("more memory than there is, before anything runs")
    func memory() throws {
        let error = #expect(throws: StudyPlanError.self) {
            try Self.wide.checkMemory(threads: 2, available: 16 << 30)
        }
        #expect(
            error?.description.hasPrefix(
                "takes about 102 GB of memory on 2 threads, and this machine has 16; use") == true,
            "\(String(describing: error))")
        #expect(throws: Never.self) { try Self.wide.checkMemory(threads: 2, available: 256 << 30) }
        var separate = Self.wide
        separate.replay = false
        #expect(throws: Never.self) { try separate.checkMemory(threads: 2, available: 64 << 30) }
    }

    @Test("memory grows by as much with every run of a participant, be it a twin or a replay")
    func memoryOfRuns() throws {
        let problem = Self.wide.problem
        let forest = try BrownianForest(problem, rootCell: 4)
        let participants = (0..<3).map { k in
            CoupledSimulation.Participant(
                k == 0 ? ExactEvent() : IntegratorCatalogue.integrator(named: "euler-maruyama")!,
                level: k == 0 ? 5 : 1)
        }
        func bytes(_ count: Int, twins: Bool = false, replays: Bool = false) -> Int {
            CoupledSimulation.bytes(
                problem: problem, forest: forest, participants: Array(participants.prefix(count)),
                hasTwins: twins, replays: replays)
        }
        let run = bytes(3) - bytes(2)
        #expect(run > 0 && run.isMultiple(of: problem.network.neuronCount))
        #expect(bytes(3, twins: true) - bytes(2, twins: true) == 2 * run)
        #expect(bytes(3, replays: true) - bytes(2, replays: true) == 2 * run)
        #expect(bytes(3, twins: true, replays: true) - bytes(2, twins: true, replays: true) == 3 * run)
    }

    @Test("is all in the documentation's table")
    func documented() throws {
        let lines =
            Self.all.map { "| `\($0.edge.replacing("|", with: "\\|"))` | \($0.message) … |" }
            + [
                "| 1e5 neurons, `steps: [4, 0.00390625]`, `replay: true`, two threads | takes about 102 GB of memory on 2 threads, and this machine has … |"
            ]
        try DocumentedTable(heading: "## Refusals").check(lines)
    }
}

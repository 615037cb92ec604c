import SolverProtocol
import SpikingNumerics

/// What a study has to run and to add up: its names resolved to integrators, tree levels, cases and measures.
struct StudyPlan: Sendable {
    /// Neurons that get rows of their own.
    struct Case: Sendable {
        var name: String
        var neurons: Range<Int>
        /// Whether presynaptic spikes come from the reference.
        var isReplay = false
    }

    /// One measure of one integrator on one case, over all steps: levels that share their paths.
    struct Series: Sendable {
        var `case`: Case
        var integrator: Int
        var measure: any Measure
    }

    private(set) var study: Study
    let forest: BrownianForest
    /// The free run's cases.
    let cases: [Case]
    let reference: CoupledSimulation.Participant
    /// Integrator by integrator, and for each all steps in the order of the study.
    let tested: [CoupledSimulation.Participant]
    let series: [Series]
    /// What the reference is, where it is no path.
    let stationaryLaw: StationaryLaw?
    /// What is found beside the errors of the series.
    private(set) var probes: [any PathProbe] = []

    /// Distance between twins, in units of the reset's height.
    static let relativeTwinSize = 1e-4

    /// - Throws: `StudyPlanError`, `GSLError`.
    init(_ study: Study) throws {
        self.study = study
        let rootCell = study.sampling.rootCell
        let grid = TimeGrid(rootCell: rootCell)
        let levels = try study.steps.map { step in
            let level = try grid.treeLevel(step: step)
            guard grid.ticks(duration: study.problem.duration, level: level) != nil else {
                throw StudyPlanError.duration(study.problem.duration, step)
            }
            return level
        }
        let integrators = try study.integrators.map { name -> any Integrator in
            if let solver = study.solvers.first(where: { $0.name == name }) {
                return SolverIntegrator(name: name, wantsIntegrals: solver.wantsIntegrals)
            }
            return try study.integrator(named: name)
        }
        try Self.checkModels(study.problem, of: integrators)
        try study.checkSolvers()
        let referenceIntegrator = study.substituted(try study.reference.kind.integrator(for: study.problem))
        let forest = try BrownianForest(
            study.problem, rootCell: rootCell,
            content: CoupledSimulation.noise(study.problem, [referenceIntegrator] + integrators))
        let network = study.problem.network
        let cases =
            [Case(name: "network", neurons: 0..<network.neuronCount)]
            + network.populations.map { Case(name: $0.name, neurons: $0.neurons) }
        self.cases = cases
        let replays =
            study.replay
            ? cases.map {
                Case(
                    name: $0.name == "network" ? "replay" : "replay-\($0.name)", neurons: $0.neurons,
                    isReplay: true)
            }
            : []
        reference = .init(
            referenceIntegrator,
            level: study.reference.kind.level(study.problem, forest: forest, levels: levels))
        try Self.checkModels(study.problem, of: [reference.integrator])
        stationaryLaw = reference.integrator as? StationaryLaw
        tested = integrators.flatMap { integrator in levels.map { .init(integrator, level: $0) } }
        let measures = study.measures.flatMap {
            MeasureCatalogue.measures(named: $0.name, observable: $0.observable)
        }
        series = integrators.indices.flatMap { integrator in
            measures.filter { study.admits($0, of: integrators[integrator].name) }.flatMap { measure in
                (cases + replays).map { Series(case: $0, integrator: integrator, measure: measure) }
            }
        }
        self.forest = forest
        probes = ProbeCatalogue.probes(for: self)
    }

    /// The same plan for another number of paths.
    func with(paths: Int) -> StudyPlan {
        var plan = self
        plan.study.sampling.paths = paths
        return plan
    }

    private static func checkModels(
        _ problem: Problem, of integrators: [any Integrator]
    ) throws(StudyPlanError) {
        for integrator in integrators {
            guard let reason = problem.models.lazy.compactMap(integrator.refusal).first else { continue }
            throw .refused(integrator.name, reason)
        }
    }

    /// What counts as near for a neuron's spikes.
    func scales(neuron: Int) -> SpikeTimeScales {
        SpikeTimeScales(membraneTimeConstant: study.problem.model(neuron: neuron).membraneTimeConstant)
    }

    /// Whether all participants have a twin.
    var hasTwins: Bool { probes.contains { $0.needsTwins } }

    /// Whether the reference's crossings are listed: where spike times are looked at one by one.
    var listsCrossings: Bool { series.contains { $0.measure is SpikeTimeRMS } }

    func makeSimulation() -> CoupledSimulation {
        makeSimulation(
            twinSize: hasTwins ? Self.relativeTwinSize * study.problem.model(neuron: 0).resetHeight : nil)
    }

    /// - Parameter twinSize: In V-units; nil for no twins.
    func makeSimulation(twinSize: Double?) -> CoupledSimulation {
        CoupledSimulation(
            problem: study.problem, forest: forest, reference: reference, tested: tested,
            seed: study.sampling.seed,
            twinSize: twinSize, replays: study.replay,
            comparesRecords: series.contains { $0.measure.needs.contains(.voltageRecords) })
    }

    /// The integrator that reports draw a path of: the first that needs no program of its own; nil without any.
    var drawnIntegrator: Int? {
        study.integrators.firstIndex { name in !study.solvers.contains { $0.name == name } }
    }

    /// The place of an integrator at a step among `tested`.
    func testedIndex(integrator: Int, step: Int) -> Int { integrator * study.steps.count + step }
}

extension Study {
    /// One of its own integrators, or one of the catalogue; solvers are none.
    func integrator(named name: String) throws(StudyPlanError) -> any Integrator {
        let custom = customIntegrators.first { $0.name == name }
        guard let integrator = custom ?? IntegratorCatalogue.integrator(named: name) else {
            throw .integrator(name)
        }
        return substituted(integrator)
    }

    fileprivate func substituted(_ integrator: any Integrator) -> any Integrator {
        substitutes.first { $0.name == integrator.name } ?? integrator
    }
}

extension TimeGrid {
    /// The level of the tree whose cells are as wide as a step.
    func treeLevel(step: Double) throws(StudyPlanError) -> Int {
        guard let level = level(step: step) else { throw .step(step) }
        return level
    }
}

/// Why a study cannot be run; study files are checked before, so only library users see these.
public enum StudyPlanError: Error, CustomStringConvertible {
    case step(Double)
    case duration(Double, Double)
    case integrator(String)
    /// An integrator or a reference cannot integrate one of the neurons, and why.
    case refused(String, String)
    case solver(String, String)
    /// Bytes.
    case memory(needed: Int, available: UInt64, threads: Int)

    public var description: String {
        switch self {
        case .step(let step): "h = \(step) ms is not a power-of-two fraction of the root cell"
        case .duration(let duration, let step):
            "the duration \(duration) ms is not a multiple of h = \(step) ms"
        case .integrator(let name): "there is no integrator \"\(name)\""
        case .refused(let name, let reason), .solver(let name, let reason): "\(name): \(reason)"
        case .memory(let needed, let available, let threads):
            "takes about \(needed >> 30) GB of memory on \(threads) \(threads == 1 ? "thread" : "threads"), "
                + "and this machine has \(available >> 30); use fewer --threads or neurons, or split the study into "
                + "several with steps nearer to each other"
        }
    }
}

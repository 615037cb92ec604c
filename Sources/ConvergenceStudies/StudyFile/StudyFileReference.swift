import SpikingNumerics
import Yams

/// What errors can be measured against.
public enum ReferenceCatalogue {
    public static let references = [
        (name: "exact-event", summary: "the true process, every spike located by refining its own noise"),
        (
            name: "fokker-planck",
            summary:
                "the stationary law of one neuron of current-lif; without `sampling`, of euler-maruyama, too"
        ),
        (name: "fine-grid", summary: "an integrator on a grid at least 16 times finer than the finest step"),
        (name: "siegert", summary: "the stationary rate of white-noise-lif, by Siegert's formula"),
        (name: "runge-kutta", summary: "GSL's rk8pd and bisection, for neurons without noise"),
    ]

    public static var names: [String] { references.map(\.name) }
}

extension Study.Reference {
    fileprivate static let usualFactor = 16

    /// With the fine grid's integrator and factor.
    var written: String {
        guard case .fineGrid(let integrator, let factor) = self else { return name }
        return "fine-grid (\(integrator), \(factor) times finer than the finest step)"
    }

    /// On a fine grid, the most accurate scheme and rule that suit a neuron.
    static func usualFineGrid(_ problem: Problem?) -> Study.Reference {
        .fineGrid(integrator: usualIntegrator(problem), factor: usualFactor)
    }

    fileprivate static func usualIntegrator(_ problem: Problem?) -> String {
        let names = [
            "exact-propagator+hermite", "exact-propagator+bridge-crossing", "sra1+hermite",
            "sra1+bridge-crossing",
        ]
        return names.first { name in
            let integrator = IntegratorCatalogue.integrator(named: name)
            return problem?.models.allSatisfy { integrator?.refusal($0) == nil } ?? true
        } ?? names[0]
    }
}

/// The `reference` key.
extension StudyFileValue {
    private static var usualFactor: Int { Study.Reference.usualFactor }
    private static var fineGridExample: String {
        "{fine-grid: {integrator: exact-propagator+hermite, factor: \(usualFactor)}}"
    }

    /// - Parameter problem: Nil where it was reported.
    func reference(for problem: Problem?) -> Study.Reference? {
        guard case .scalar = node else {
            return mapping(keys: ["fine-grid"], example: "exact-event or \(Self.fineGridExample)")?
                .required("fine-grid", example: "{factor: \(Self.usualFactor)}")?.fineGrid(for: problem)
        }
        let names = ReferenceCatalogue.names
        let available = "available: \(names.joined(separator: ", "))"
        switch text("a reference") {
        case nil: return nil
        case "exact-event": return .exactEvent
        case "fine-grid": return Study.Reference.usualFineGrid(problem)
        case "siegert": return .siegert
        case "runge-kutta": return .rungeKutta
        case "fokker-planck": return .fokkerPlanck
        case let name?:
            report(
                "unknown reference \"\(name)\"",
                remedy: NearestName.remedy(for: name, among: names, otherwise: available))
        }
        return nil
    }

    private func fineGrid(for problem: Problem?) -> Study.Reference? {
        guard let keys = mapping(keys: ["integrator", "factor"], example: Self.fineGridExample) else {
            return nil
        }
        let integrator = keys.optional("integrator", default: Study.Reference.usualIntegrator(problem)) {
            $0.integrator()
        }
        let factor = keys.optional("factor", default: Self.usualFactor) { $0.fineGridFactor() }
        guard let integrator, let factor else { return nil }
        return .fineGrid(integrator: integrator, factor: factor)
    }

    private func fineGridFactor() -> Int? {
        let remedy = "give how many times finer than the finest step the grid is, for example 16"
        guard let factor = integer(in: 1...(1 << 16), remedy: remedy) else { return nil }
        guard factor >= 16, factor.nonzeroBitCount == 1 else {
            report("is \(factor) but must be a power of two from 16 on", remedy: remedy)
            return nil
        }
        return Int(factor)
    }
}

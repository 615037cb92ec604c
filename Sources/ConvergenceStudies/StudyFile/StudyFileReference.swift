import SpikingNumerics
import Yams

/// What errors can be measured against.
public enum ReferenceCatalogue {
    public static let references = [
        (name: "exact-event", summary: "the true process, every spike located by refining its own noise"),
        (
            name: "fokker-planck",
            summary: "the stationary laws of one neuron and of euler-maruyama on a mesh, without sampling"
        ),
        (name: "fine-grid", summary: "an integrator on a grid at least 16 times finer than the finest step"),
    ]

    public static var names: [String] { references.map(\.name) }
}

/// The `reference` key.
extension StudyFileValue {
    private static var usualFineGrid: String { "exact-propagator+hermite" }
    private static var usualFactor: Int { 16 }
    private static var fineGridExample: String {
        "{fine-grid: {integrator: \(usualFineGrid), factor: \(usualFactor)}}"
    }

    func reference() -> Study.Reference? {
        guard case .scalar = node else {
            return mapping(keys: ["fine-grid"], example: "exact-event or \(Self.fineGridExample)")?
                .required("fine-grid", example: "{factor: \(Self.usualFactor)}")?.fineGrid()
        }
        let names = ReferenceCatalogue.names
        let available = "available: \(names.joined(separator: ", "))"
        switch text("a reference") {
        case nil: return nil
        case "exact-event": return .exactEvent
        case "fine-grid": return .fineGrid(integrator: Self.usualFineGrid, factor: Self.usualFactor)
        case "fokker-planck": return .fokkerPlanck
        case let name?:
            report(
                "unknown reference \"\(name)\"",
                remedy: NearestName.remedy(for: name, among: names, otherwise: available))
        }
        return nil
    }

    private func fineGrid() -> Study.Reference? {
        guard let keys = mapping(keys: ["integrator", "factor"], example: Self.fineGridExample) else {
            return nil
        }
        let integrator = keys.optional("integrator", default: Self.usualFineGrid) { $0.integrator() }
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

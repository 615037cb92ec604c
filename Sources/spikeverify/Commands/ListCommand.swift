import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import SpikingNumerics

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the names that study files and options can use.")

    enum Family: String, CaseIterable, ExpressibleByArgument {
        case models, parameters, receptors, integrators, measures, observables, references, formats
    }

    @Argument(help: "What to list.")
    var family: Family

    func run() {
        let entries = family.entries
        let width = entries.map(\.name.count).max() ?? 0
        for entry in entries {
            print(entry.name + String(repeating: " ", count: width + 2 - entry.name.count) + entry.summary)
        }
    }
}

extension ListCommand.Family {
    /// Name and one line about it, from the family's catalogue.
    fileprivate var entries: [(name: String, summary: String)] {
        switch self {
        case .models: ModelCatalogue.families.map { ($0.name, $0.summary) }
        case .parameters: ModelCatalogue.parameters
        case .receptors: Receptor.Kernel.shapes
        case .integrators:
            IntegratorCatalogue.integrators.map { ($0.name, $0.declaredOrder.summary + $0.refusals) }
        case .measures: MeasureFamilies.all.map { ($0.name, $0.summary) }
        case .observables: Observable.all.map { ($0.name, $0.summary) }
        case .references: ReferenceCatalogue.references.map { ($0.name, $0.summary) }
        case .formats:
            ReportCatalogue.formats.map { ($0.name, $0.summary) }
                + ReportCatalogue.figureFormats.map { ($0.name, $0.summary) }
        }
    }
}

extension ModelCatalogue {
    /// Of every model, with the value that it has where a study file gives none.
    fileprivate static var parameters: [(name: String, summary: String)] {
        families.flatMap { family in
            family.parameters.map { parameter in
                let usual = family.usual[keyPath: parameter.value]
                let unit = parameter.unit(noiseEntry: family.usual.noiseEntry)
                return (
                    "\(family.name) \(parameter.name)",
                    "\(parameter.summary) in \(unit), \(Numbers.shortest(usual)) unless given"
                )
            }
        }
    }
}

extension DeclaredOrder {
    /// What is claimed away from spikes, and by whom.
    fileprivate var summary: String {
        func claim(_ kind: String, _ order: Double?) -> String {
            order.map { "\(kind) order \($0)" } ?? "no \(kind) error"
        }
        return "between spikes \(claim("strong", strong)), \(claim("weak", weak)) (\(source))"
    }
}

extension Integrator {
    /// The models it does not suit; a study file that puts them together is told why.
    fileprivate var refusals: String {
        let refused = ModelCatalogue.families.filter { refusal($0.usual) != nil }.map(\.name)
        return refused.isEmpty ? "" : "; not for \(refused.joined(separator: ", "))"
    }
}

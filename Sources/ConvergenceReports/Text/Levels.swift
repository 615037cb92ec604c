import ConvergenceStudies
import SpikingNumerics

/// A measure together with the observable it is taken of: what one figure shows.
package struct Quantity: Hashable {
    var measure: String
    var observable: String

    package init(measure: String, observable: String) {
        self.measure = measure
        self.observable = observable
    }

    var title: String { Vocabulary.title(measure: measure, observable: observable) }
    var meaning: MeasureDescriptor { Vocabulary.meaning(of: measure, observable: observable) }
    var unit: String { meaning.unit }
}

/// How a result's rows are looked up by the reports.
extension StudyResult {
    /// The case that stands for all neurons.
    static let network = "network"

    /// Integrators in the order in which the study names them.
    var integrators: [String] { unique(rows.map(\.integrator) + orders.map(\.integrator)) }

    /// Whether the integrators are too many to stand side by side: for a colour each, a column each, an open table each.
    var hasManyIntegrators: Bool { integrators.count > 6 }

    /// Steps from the coarsest to the finest.
    var steps: [Double] { unique(rows.map(\.h)).sorted(by: >) }

    /// Layers or populations: every case but the whole network.
    var populations: [String] { unique(rows.map(\.case)).filter { $0 != Self.network } }

    /// What was measured in a case, in the order of the rows.
    func quantities(case name: String) -> [Quantity] {
        unique(
            rows.filter { $0.case == name }.map { Quantity(measure: $0.measure, observable: $0.observable) })
    }

    /// The levels of one curve, from the coarsest step to the finest.
    func levels(_ quantity: Quantity, integrator: String, case name: String) -> [Row] {
        rows.filter {
            $0.case == name && $0.integrator == integrator && $0.measure == quantity.measure
                && $0.observable == quantity.observable
        }.sorted { $0.h > $1.h }
    }

    func order(_ quantity: Quantity, integrator: String, case name: String) -> Order? {
        orders.first {
            $0.case == name && $0.integrator == integrator && $0.measure == quantity.measure
                && $0.observable == quantity.observable
        }
    }
}

extension Order {
    var quantity: Quantity { Quantity(measure: measure, observable: observable) }
}

extension Row {
    var quantity: Quantity { Quantity(measure: measure, observable: observable) }

    /// `0.1007(16)`, signed for a bias; nil where nothing could be computed.
    var rounded: RoundedNumber? {
        guard let value else { return nil }
        let number = Uncertainty.text(value, standardError)
        return quantity.meaning.isSigned ? number.signed : number
    }
}

/// The elements of `values` without repetitions, in the order of their first appearance.
func unique<Value: Hashable>(_ values: [Value]) -> [Value] {
    var seen: Set<Value> = []
    return values.filter { seen.insert($0).inserted }
}

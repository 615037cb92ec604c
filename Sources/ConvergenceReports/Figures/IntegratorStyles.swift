import ConvergenceStudies

/// The look of every integrator of a result, the same in all its figures.
///
/// A few integrators get a colour and a shape each.  Many share them by kinship: a colour is a scheme, a shape is a
/// spike rule, so that the legend names schemes and rules instead of all their combinations.
struct IntegratorStyles {
    private let integrators: [String]
    private let schemes: [String]
    private let rules: [String]
    private let goesByKinship: Bool

    init(_ result: StudyResult) {
        integrators = result.integrators
        schemes = unique(integrators.map { Self.parts(of: $0).scheme })
        rules = unique(integrators.map { Self.parts(of: $0).rule })
        goesByKinship = result.hasManyIntegrators && rules.count > 1
    }

    subscript(integrator: String) -> SeriesStyle {
        guard goesByKinship else {
            return SeriesStyle(index: integrators.firstIndex(of: integrator) ?? integrators.count)
        }
        let (scheme, rule) = Self.parts(of: integrator)
        return SeriesStyle(
            colour: schemes.firstIndex(of: scheme) ?? schemes.count,
            shape: rules.firstIndex(of: rule) ?? rules.count)
    }

    /// A style that no integrator has.
    func further(_ index: Int) -> SeriesStyle {
        SeriesStyle(index: (goesByKinship ? schemes.count : integrators.count) + index)
    }

    /// What the legend says beside the series of `integrator`: nothing where `keys` explain its style.
    func legend(of integrator: String) -> String {
        goesByKinship ? "" : integrator
    }

    var keys: [LegendKey] {
        guard goesByKinship else { return [] }
        let colours = schemes.enumerated().map { index, scheme in
            LegendKey(sign: .colour(SeriesStyle(colour: index, shape: 0)), text: scheme)
        }
        let shapes = rules.enumerated().map { index, rule in
            LegendKey(
                sign: .shape(SeriesStyle(colour: 0, shape: index)), text: rule.isEmpty ? "on the grid" : rule)
        }
        return colours + shapes
    }

    /// `sra1+hermite` is the scheme `sra1` with the rule `+hermite`; without a rule, spikes are put on the grid.
    private static func parts(of integrator: String) -> (scheme: String, rule: String) {
        let split = integrator.firstIndex(of: "+") ?? integrator.endIndex
        return (String(integrator[..<split]), String(integrator[split...]))
    }
}

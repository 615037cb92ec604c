import ConvergenceStudies

/// A scalar found by one method in one case: what the references have, and a line per integrator with a value per step.
struct ScalarTable {
    struct Line {
        var integrator: String
        /// From the coarsest step to the finest.
        var levels: [Scalar]
    }

    var name: String
    /// Nil where every process has a value of its own that needs no method, such as a rate.
    var method: String?
    var `case`: String
    var unit: String
    /// Values that have no step.
    var constants: [Scalar]
    var lines: [Line]

    /// `lyapunov-V by twin`
    var quantity: String { name + (method.map { " by \($0)" } ?? "") }

    /// `lyapunov-V by twin, layer-1`
    var title: String { `case` == StudyResult.network ? quantity : "\(quantity), \(`case`)" }

    /// What a constant is called beside the lines.
    func label(of constant: Scalar) -> String {
        let method = constant.properMethod
        return method == nil || method == self.method
            ? constant.integrator : "\(constant.integrator), \(constant.method)"
    }

    /// The tables of a case, in the order of the result.
    static func all(of result: StudyResult, case: String) -> [ScalarTable] {
        // Of a spectrum a table has room for the largest exponent.
        let scalars = result.scalars.filter {
            $0.case == `case`
                && (!$0.name.hasPrefix("lyapunov-spectrum") || $0.name == "lyapunov-spectrum[1]")
        }
        return unique(scalars.map(\.name)).flatMap { name in
            tables(of: name, scalars.filter { $0.name == name })
        }
    }

    /// One table per method that has steps; a constant by another method, such as an analytic rate, joins all of them.
    private static func tables(of name: String, _ scalars: [Scalar]) -> [ScalarTable] {
        let stepped = unique(scalars.filter { $0.h != nil }.map(\.properMethod))
        let methods = stepped.isEmpty ? [nil] : stepped
        return methods.map { method in
            let constants = scalars.filter {
                $0.h == nil && ($0.properMethod == method || !stepped.contains($0.properMethod))
            }
            let own = scalars.filter { $0.h != nil && $0.properMethod == method }
            let lines = unique(own.map(\.integrator)).map { integrator in
                Line(
                    integrator: integrator,
                    levels: own.filter { $0.integrator == integrator }.sorted { $0.h! > $1.h! })
            }
            return ScalarTable(
                name: name, method: method, case: scalars[0].case, unit: scalars[0].unit,
                constants: constants, lines: lines)
        }
    }
}

extension Scalar {
    /// The method where it is more than the name of the process itself.
    fileprivate var properMethod: String? { method == integrator ? nil : method }

    /// `0.01182(7)`; nil where nothing could be computed.
    var rounded: RoundedNumber? {
        value.map { Uncertainty.text($0, standardError) }
    }
}

extension StudyResult {
    /// The cases that have scalars, the whole network first.
    var scalarCases: [String] {
        let cases = unique(scalars.map(\.case))
        return cases.filter { $0 == Self.network } + cases.filter { $0 != Self.network }
    }
}

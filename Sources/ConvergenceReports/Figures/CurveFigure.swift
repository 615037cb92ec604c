import ConvergenceStudies

/// The curves of a result, those of one kind in one figure.
struct CurveFigure {
    var plot: Plot
    var caption: String

    static func all(_ result: StudyResult) -> [CurveFigure] {
        Kind.allCases.compactMap { kind in
            let curves = (result.curves ?? []).filter { kind.includes($0) && !$0.x.isEmpty }
            return curves.isEmpty ? nil : CurveFigure(kind, curves)
        }
    }

    private enum Kind: String, CaseIterable {
        case fluxDensity = "flux-density"
        case tail = "crossing-speed-tail"
        case inverseMoment = "inverse-moment"
        case spectrum = "lyapunov-spectrum"
        case twinSize = "twin-size"
        case multilevelCost = "multilevel-cost"

        func includes(_ curve: Curve) -> Bool { curve.name.hasPrefix(rawValue) }

        var title: String {
            switch self {
            case .fluxDensity: "Density of crossing speeds"
            case .tail: "Exponent of slow crossings"
            case .inverseMoment: "Truncated inverse moment of the crossing speed"
            case .spectrum: "Lyapunov exponents against the time averaged over"
            case .twinSize: "Exponent of twins against their distance"
            case .multilevelCost: "Cost of accuracy"
            }
        }

        var labels: (x: String, y: String) {
            switch self {
            case .fluxDensity: ("crossing speed A (V-units/ms)", "J(A) (1/V-unit)")
            case .tail: ("α (V-units/ms)", "γ of P(A < α) ∝ α^γ")
            case .inverseMoment: ("α (V-units/ms)", "E[A⁻² 1{A ≥ α}] (ms²/V-units²)")
            case .spectrum: ("time (ms)", "exponent (1/ms)")
            case .twinSize: ("distance ε (V-units)", "exponent (1/ms)")
            case .multilevelCost: ("standard error ε", "cost · ε² (work units)")
            }
        }

        var caption: String {
            switch self {
            case .fluxDensity:
                "Spikes per ms and unit of crossing speed. Near 0 the density falls like A^(3/2): at the threshold that of V "
                    + "and A vanishes like √A."
            case .tail:
                "By maximum likelihood from all crossings below α, with 95 % bars. The theory's bound has 2, the sharp law "
                    + "5/2, which slower crossings approach."
            case .inverseMoment:
                "A bound of α² on P(A < α) lets this grow like log(1/α), a straight line here; under the sharp law it "
                    + "converges."
            case .spectrum:
                "The reference's largest exponents, averaged over paths and over longer and longer times after a burn-in "
                    + "of a quarter of the time; 95 % bars."
            case .twinSize:
                "Two solutions on one noise, brought back to a distance ε again and again. A reset on the grid erases a "
                    + "distance below h A; above, twins see the exponent of the dynamics."
            case .multilevelCost:
                "Work in units of cells drawn and steps taken, times ε²; level where it is proportional to 1/ε². Beside "
                    + "the multilevel estimators, which have no bias, plain Monte Carlo with the reference, and with the "
                    + "integrator at its finest step, whose bias leaves no room below itself."
            }
        }
    }

    private init(_ kind: Kind, _ curves: [Curve]) {
        let points = curves.map { curve in
            curve.x.indices.map { k in
                let error = curve.standardErrors.isEmpty ? 0 : 1.96 * curve.standardErrors[k]
                return Series.Point(
                    x: curve.x[k], y: curve.y[k], low: error > 0 ? curve.y[k] - error : nil,
                    high: error > 0 ? curve.y[k] + error : nil)
            }
        }
        let heights = points.joined().flatMap { [$0.y, $0.low, $0.high].compactMap { $0 } }
        let widths = points.joined().map(\.x)
        let names = curves.map { Self.name($0, kind) }
        plot = Plot(
            identifier: "diagnostic-\(kind.rawValue)", title: kind.title,
            description: zip(names, curves).map { name, curve in
                "\(name): \(Numbers.significant(curve.y[0], digits: 3).typeset) to "
                    + "\(Numbers.significant(curve.y[curve.y.count - 1], digits: 3).typeset)."
            }.joined(separator: " "),
            horizontal: kind == .fluxDensity || kind == .spectrum
                ? .linear(kind.labels.x, widths) : .logarithmic(kind.labels.x, widths),
            vertical: kind == .multilevelCost
                ? .logarithmic(kind.labels.y, heights, padding: 0.12)
                : .linear(kind.labels.y, heights, padding: 0.12))
        plot.series = zip(names, points).enumerated().map { index, named in
            Series(
                name: named.0, style: SeriesStyle(index: index), points: named.1,
                markers: named.1.count > 20 ? .none : .small)
        }
        caption = kind.caption
    }

    private static func multilevelName(_ curve: Curve) -> String {
        switch curve.name {
        case "multilevel-cost-plain": "reference alone, beside \(curve.integrator)"
        case "multilevel-cost-finest":
            "\(curve.integrator) alone" + (curve.h.map { ", h = \(Numbers.step($0))" } ?? "")
        default: "multilevel \(curve.integrator)"
        }
    }

    private static func name(_ curve: Curve, _ kind: Kind) -> String {
        if kind == .spectrum { return curve.name }
        if kind == .multilevelCost { return multilevelName(curve) }
        return curve.integrator + (curve.h.map { ", h = \(Numbers.step($0))" } ?? "")
    }
}

import ConvergenceStudies

/// Quantiles of A|δt|/h and of A|δt|/√h against h: which power of h the time errors of spikes go with.
struct ScaledErrorFigure {
    var plot: Plot
    var caption: String

    private static let quantiles = [0.5, 0.9, 0.99]

    /// For each integrator one figure per power.
    static func all(_ result: StudyResult) -> [ScaledErrorFigure] {
        let distributions = result.distributions.filter { $0.name == "scaled-spike-time-error" }
        return unique(distributions.map(\.integrator)).flatMap { integrator in
            [1, 0.5].compactMap { power in
                ScaledErrorFigure(
                    distributions.filter { $0.integrator == integrator }, integrator: integrator, power: power
                )
            }
        }
    }

    private init?(_ distributions: [Distribution], integrator: String, power: Double) {
        let levels = distributions.compactMap { distribution in
            distribution.h.map { ($0, distribution) }
        }.sorted { $0.0 < $1.0 }
        let scaling = power == 1 ? "A|δt|/h" : "A|δt|/√h"
        let series = Self.quantiles.enumerated().map { index, quantile in
            Series(
                name: "\(Numbers.shortest(100 * quantile)) %", style: SeriesStyle(index: index),
                points: levels.compactMap { h, distribution in
                    Self.quantile(quantile, of: distribution).map {
                        Series.Point(x: h, y: power == 1 ? $0 : $0 * h.squareRoot())
                    }
                })
        }
        let points = series.flatMap(\.points)
        guard !points.isEmpty else { return nil }
        plot = Plot(
            identifier: FigureName.of("scaled", power == 1 ? "h" : "root", integrator),
            title: "\(scaling), \(integrator)", description: "Quantiles against the step.",
            heading: "\(integrator): \(scaling)",
            horizontal: .steps("step h (ms)", unique(points.map(\.x))),
            vertical: .logarithmic(
                power == 1 ? "\(scaling) (V-units/ms)" : "\(scaling) (V-units/√ms)", points.map(\.y)))
        plot.series = series
        caption =
            "Quantiles of crossing speed times time error, over \(power == 1 ? "h" : "√h"): level where errors go with "
            + "that power of h, falling to the left where they are smaller."
    }

    /// The middle, on a logarithmic scale, of the bin that a quantile falls into; nil below and above all bins.
    private static func quantile(_ share: Double, of distribution: Distribution) -> Double? {
        let total = distribution.counts.reduce(distribution.below + distribution.above, +)
        var seen = distribution.below
        let wanted = share * Double(total)
        guard total > 0, Double(seen) < wanted else { return nil }
        for (k, count) in distribution.counts.enumerated() {
            seen += count
            if Double(seen) >= wanted {
                return (distribution.edges[k] * distribution.edges[k + 1]).squareRoot()
            }
        }
        return nil
    }
}

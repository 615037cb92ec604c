import ConvergenceStudies
import Foundation

/// Histograms of the time errors of matched spikes, one panel per integrator.
enum SpikeTimeFigure {
    /// More curves in one panel could not be told apart.
    private static let curvesPerPanel = 3

    static func panels(of result: StudyResult) -> [Plot] {
        let all = result.distributions.filter { $0.name == "spike-time-error" && $0.isComplete }
        let largest = all.flatMap(\.counts).max() ?? 0
        guard largest > 0 else { return [] }
        return unique(all.map(\.integrator)).map { integrator in
            let ofIntegrator = all.filter { $0.integrator == integrator }.sorted { ($0.h ?? 0) > ($1.h ?? 0) }
            return panel(
                selection(of: ofIntegrator), integrator: integrator,
                identifier: FigureName.of("spike-times", integrator),
                largest: largest)
        }
    }

    /// The coarsest, a middle and the finest step.
    private static func selection(of distributions: [Distribution]) -> [Distribution] {
        guard distributions.count > curvesPerPanel else { return distributions }
        return [
            distributions[0], distributions[distributions.count / 2], distributions[distributions.count - 1],
        ]
    }

    private static func panel(
        _ distributions: [Distribution], integrator: String, identifier: String, largest: Int
    ) -> Plot {
        let label = "early ← time error δt (ms) → late"
        let edges = distributions.flatMap(\.edges)
        let limit = edges.map(abs).max() ?? 1
        let core = edges.map(abs).filter { $0 > 0 }.min() ?? limit / 1000
        var plot = Plot(
            identifier: identifier, title: "Spike-time errors of \(integrator)",
            description: distributions.map(description).joined(separator: " "), heading: integrator,
            horizontal: core < limit / 10
                ? .symmetric(label, limit: limit, linearWithin: core)
                : .linear(label, [-limit, limit], padding: 0),
            vertical: .logarithmic("matched spikes per bin", [0.7, Double(largest)]))
        plot.stairs = distributions.enumerated().map { index, distribution in
            Stairs(
                name: distribution.h.map { "h = \(Numbers.step($0)) ms" } ?? "reference",
                style: SeriesStyle(index: index), edges: distribution.edges,
                heights: distribution.counts.map(Double.init))
        }
        plot.references = [ReferenceLine(direction: .vertical, value: 0, label: "")]
        plot.height = 250
        return plot
    }

    private static func description(_ distribution: Distribution) -> String {
        let total = distribution.counts.reduce(0, +)
        let late = zip(distribution.edges, distribution.counts).filter { $0.0 >= 0 }.reduce(0) { $0 + $1.1 }
        let step = distribution.h.map { "At h = \(Numbers.step($0)) ms" } ?? "For the reference"
        return "\(step): \(total) matched spikes, \(late) of them late."
    }

    /// What lies beyond the axis, if anything.
    static func caption(of result: StudyResult) -> String {
        let all = result.distributions.filter { $0.name == "spike-time-error" }
        let beyond = all.reduce(0) { $0 + $1.below + $1.above }
        let outside = beyond == 0 ? "" : " \(Numbers.grouped(beyond)) errors lie beyond the axes."
        return
            "Each panel counts the matched spikes of one integrator by their time error δt, integrator minus "
            + "reference; right of the zero line it fires late. Bins grow with |δt|, so that errors over many orders "
            + "of magnitude are seen at once." + outside
    }
}

extension Distribution {
    /// Whether the edges fit the counts.
    var isComplete: Bool { edges.count == counts.count + 1 && !counts.isEmpty }
}

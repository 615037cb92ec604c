import ConvergenceStudies
import Foundation

/// How often the reference crosses the threshold slowly: P(A < α) against α.
package struct CrossingSpeedFigure {
    /// Guides and exponent describe the tail: below this probability.
    private static let tailProbability = 0.1
    /// A cumulative count below this is too noisy to compare with a power law.
    private static let enough = 10

    package struct Point {
        var speed: Double
        /// Crossings slower than `speed`.
        var count: Int
        package var probability: Double
    }

    package var points: [Point]
    var total: Int

    /// Nil where no crossing was recorded.
    package init?(_ result: StudyResult) {
        guard
            let distribution = result.distributions.first(where: {
                $0.name == "crossing-speed" && $0.isComplete
            })
        else { return nil }
        let total = distribution.counts.reduce(0, +) + distribution.below + distribution.above
        self.total = total
        guard total > 0 else { return nil }
        var slower = distribution.below
        var points: [Point] = []
        for (edge, count) in zip(distribution.edges, [0] + distribution.counts) {
            slower += count
            guard slower > 0, edge > 0 else { continue }
            points.append(Point(speed: edge, count: slower, probability: Double(slower) / Double(total)))
        }
        // Past the fastest crossing the curve is one and says nothing.
        let end = points.firstIndex { $0.count == total }.map { $0 + 1 } ?? points.count
        self.points = Array(points[..<end])
        guard !self.points.isEmpty else { return nil }
    }

    private var tail: [Point] {
        points.filter { $0.probability <= Self.tailProbability && $0.count >= Self.enough }
    }

    /// Exponent of the power law through the ends of the tail, with its standard error.
    ///
    /// The slower crossings are among the faster ones: given n₁, n₀ is binomial, so the variance of
    /// log(n₀/n₁) is 1/n₀ − 1/n₁.
    package var exponent: (value: Double, standardError: Double)? {
        guard let slow = tail.first, let fast = tail.last, slow.count < fast.count else { return nil }
        let octaves = log(fast.speed / slow.speed)
        let variance = 1 / Double(slow.count) - 1 / Double(fast.count)
        return (log(fast.probability / slow.probability) / octaves, variance.squareRoot() / octaves)
    }

    var plot: Plot {
        let tailPoints = tail.map { (x: $0.speed, y: $0.probability) }
        let guides = [
            Guide.along(tailPoints, exponent: 2, label: "slope 2 (upper bound)", side: .above),
            Guide.along(tailPoints, exponent: 2.5, label: "slope 5/2 (sharp law)", side: .below),
        ].compactMap { $0 }
        let probabilities = points.map(\.probability) + guides.flatMap { [$0.start.y, $0.end.y] }
        var plot = Plot(
            identifier: "crossing-speed", title: "Probability of a slow threshold crossing",
            description: description,
            horizontal: .logarithmic("crossing speed α (V-units/ms)", points.map(\.speed)),
            vertical: .logarithmic("P(A < α)", probabilities.filter { $0 <= 2 }))
        plot.series = [
            Series(
                name: "measured, \(Numbers.grouped(total)) crossings", style: SeriesStyle(index: 0),
                points: points.map(seriesPoint), markers: .small)
        ]
        plot.guides = guides
        return plot
    }

    private func seriesPoint(_ point: Point) -> Series.Point {
        let spread = 1.96 * (point.probability * (1 - point.probability) / Double(total)).squareRoot()
        return Series.Point(
            x: point.speed, y: point.probability, low: point.probability - spread,
            high: point.probability + spread)
    }

    private var description: String {
        let values = points.map {
            "\(Numbers.significant($0.probability, digits: 2).typeset) below "
                + "\(Numbers.significant($0.speed, digits: 2).typeset)"
        }
        return values.joined(separator: ", ") + "."
    }

    var caption: String {
        let measured = exponent.map {
            let number = Uncertainty.text($0.value, $0.standardError).typeset
            return " Below probability 0.1 the measured exponent is \(number)."
        }
        return
            "A spike that crosses the threshold at speed A moves by δV/A when V is off by δV, so slow crossings "
            + "decide how bad the rare paths are. The theory bounds P(A < α) by a multiple of α²; the sharp law is "
            + "the power 5/2, because the density of V and A vanishes like √A at the threshold. "
            + "Bars are 95 % binomial intervals."
            + (measured ?? "")
    }
}

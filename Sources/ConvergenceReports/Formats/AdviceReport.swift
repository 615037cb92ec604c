import ConvergenceStudies
import Foundation

/// Advice as a table, as JSON and as a figure.
public enum AdviceReport {
    /// A line for each integrator, and who is cheapest.
    public static func table(_ advice: Advice) -> String {
        var grid = TextGrid(stub: "integrator", alignment: .left)
        for choice in advice.integrators {
            let level = deciding(choice)
            grid.add(
                row: choice.integrator,
                [
                    .init(column: "largest h (ms)", text: choice.h.map(Numbers.step) ?? "none"),
                    .init(column: "error/limit", text: level?.share.map(rounded) ?? "unknown"),
                    .init(column: "by", text: level.map { title($0.measure, $0.observable) } ?? ""),
                    .init(column: "s/path", text: choice.secondsPerPath.map(rounded) ?? ""),
                    .init(column: "undecided", text: undecided(choice).map(openQuestion) ?? ""),
                ])
        }
        return (heading(advice) + "\n" + grid.text + "\n" + verdict(advice) + "\n").replacing(
            Numbers.minus, with: "-")
    }

    public static func json(_ advice: Advice) throws -> String {
        try JSONText.of(advice)
    }

    /// Error over limit against the step, as an SVG file; nil where nothing is known.
    public static func svg(_ advice: Advice) -> String? {
        plot(advice).map(StandaloneSVG.text)
    }

    private static func heading(_ advice: Advice) -> String {
        let limits = advice.limits.map { limit in
            let unit =
                limit.measure.isEmpty
                ? "" : Quantity(measure: limit.measure, observable: limit.observable).unit
            return "  \(title(limit.measure, limit.observable)) at most \(rounded(limit.limit))"
                + (unit.isEmpty ? "" : " \(unit)")
                + (advice.tolerance.contains("%") && limit.relativeTo != "1"
                    ? ", \(advice.tolerance) of \(rounded(limit.size)), the \(limit.relativeTo)" : "")
        }
        let confidence = Numbers.shortest((advice.confidence * 1000).rounded() / 10)
        return
            "\(advice.study): the largest step whose error is below the tolerance with \(confidence) % confidence\n"
            + limits.joined(separator: "\n") + "\n"
    }

    /// The chosen level, or else the one that stands in the way.
    private static func deciding(_ choice: Advice.Choice) -> Advice.Level? {
        if let h = choice.h { return choice.levels.first { $0.h == h } }
        return choice.levels.first { $0.share != nil } ?? choice.levels.last
    }

    /// The next step, of which these paths say neither that it will do nor that it will not.
    private static func undecided(_ choice: Advice.Choice) -> Advice.Level? {
        let next = choice.levels.first { $0.share != nil && $0.h > choice.h ?? 0 }
        return next?.pathsToDecide == nil ? nil : next
    }

    private static func openQuestion(_ level: Advice.Level) -> String {
        "\(Numbers.step(level.h)): \(paths(level.pathsToDecide!)) paths"
    }

    private static func paths(_ number: Double) -> String {
        number < 1e5 ? "\(Int((number / 100).rounded(.up)) * 100)" : rounded(number)
    }

    private static func verdict(_ advice: Advice) -> String {
        if let cheapest = advice.cheapest,
            let choice = advice.integrators.first(where: { $0.integrator == cheapest }),
            let h = choice.h, let seconds = choice.secondsPerPath
        {
            return
                "cheapest: \(cheapest) at h = \(Numbers.step(h)) ms, \(rounded(seconds)) s of one core per path, without "
                + "the noise, on this machine" + equals(cheapest, seconds, advice)
        }
        let open = advice.integrators.flatMap { choice in
            undecided(choice).map { [(choice.integrator, $0)] } ?? []
        }
        guard let (integrator, level) = open.min(by: { $0.1.pathsToDecide! < $1.1.pathsToDecide! }) else {
            return "no step of the study meets the tolerance; take finer steps"
        }
        return
            "no step of the study is proven to meet the tolerance; about \(paths(level.pathsToDecide!)) paths would "
            + "decide about \(integrator) at h = \(Numbers.step(level.h)) ms"
    }

    /// Who takes about as long: times vary by a quarter from run to run.
    private static func equals(_ cheapest: String, _ seconds: Double, _ advice: Advice) -> String {
        let others = advice.integrators.filter {
            $0.integrator != cheapest && ($0.secondsPerPath ?? .infinity) <= 1.25 * seconds
        }.map(\.integrator)
        return others.isEmpty
            ? "" : "; no dearer within the spread of times: \(others.joined(separator: ", "))"
    }

    private static func plot(_ advice: Advice) -> Plot? {
        let points = advice.integrators.map { choice in choice.levels.filter { ($0.share ?? 0) > 0 } }
        let all = points.flatMap { $0 }
        guard !all.isEmpty else { return nil }
        var plot = Plot(
            identifier: "advice", title: "Error over tolerance against the step h",
            description: verdict(advice),
            heading: "tolerance \(advice.tolerance)",
            horizontal: .steps("step h (ms)", Array(Set(all.map(\.h)))),
            vertical: .logarithmic("upper end of the error / its limit", all.map { $0.share! } + [1]))
        plot.series = zip(advice.integrators, points).enumerated().map { index, entry in
            Series(
                name: entry.0.integrator, style: SeriesStyle(index: index),
                points: entry.1.map { .init(x: $0.h, y: $0.share!) })
        }
        plot.references = [ReferenceLine(direction: .horizontal, value: 1, label: "tolerance")]
        return plot
    }

    private static func title(_ measure: String, _ observable: String) -> String {
        Vocabulary.title(measure: measure, observable: observable)
    }

    private static func rounded(_ value: Double) -> String {
        Numbers.significant(value, digits: 2).plain
    }
}

import ConvergenceStudies
import Foundation

/// What an audit has found, for a terminal, for scripts and as a page.
public struct AuditReport: Sendable {
    public let entries: [AuditEntry]

    public init(_ entries: [AuditEntry]) { self.entries = entries }

    // MARK: JSON

    /// - Throws: `EncodingError` where a number is not finite.
    public func json() throws -> String {
        try JSONText.of(entries)
    }

    // MARK: Terminal

    /// A line of numbers for every entry, and its verdict.
    public var text: String {
        entries.map { entry in
            var lines = ["\(entry.verdict.rawValue): \(subject(entry))"]
            lines.append(
                "  published  \(number(entry.published, entry.publishedStandardError, entry))  (\(entry.source))"
            )
            if let step = entry.atStep {
                lines.append(
                    "  at h = \(Numbers.step(step.h)) ms, \(step.integrator)  \(number(step.value, step.standardError, entry))"
                        + (entry.reproduced.map { "  published value: \(Self.words(reproduced: $0))" } ?? ""))
            }
            lines += entry.finer.map {
                "  at h = \(Numbers.step($0.h)) ms  \(number($0.value, $0.standardError, entry))"
            }
            lines.append(
                "  limit, \(entry.limit.method)  \(number(entry.limit.value, entry.limit.standardError, entry))"
            )
            lines += entry.theory.map { "  \($0.method)  \(number($0.value, nil, entry))" }
            lines.append("  " + sentence(entry))
            return lines.map(\.visible).joined(separator: "\n") + "\n"
        }.joined(separator: "\n")
    }

    private func subject(_ entry: AuditEntry) -> String {
        let place = entry.case == StudyResult.network ? "" : " of \(entry.case)"
        let point =
            entry.point.map {
                " at "
                    + $0.sorted { $0.key < $1.key }.map { "\($0.key) = \(Numbers.shortest($0.value))" }
                    .joined(separator: ", ")
            }
            ?? ""
        return "\(entry.quantity)\(place)\(point), \(entry.study)"
    }

    private func number(_ value: Double?, _ error: Double?, _ entry: AuditEntry) -> String {
        guard let value else { return "–" }
        // Rates are read in Hz.
        if entry.unit == "1/ms" {
            return Uncertainty.text(1000 * value, error.map { 1000 * $0 }).plain + " Hz"
        }
        return Uncertainty.text(value, error).plain
    }

    private func sentence(_ entry: AuditEntry) -> String {
        var parts: [String] = []
        if let shift = entry.shiftPercent {
            parts.append("the limit is \(Self.signed(shift)) % from what was published")
        }
        if let effect = entry.stepEffectPercent { parts.append("the step makes \(Self.signed(effect)) %") }
        if let order = entry.order {
            parts.append("order \(Numbers.shortest((order * 100).rounded() / 100)) in h")
        }
        if !entry.note.isEmpty { parts.append(entry.note) }
        return parts.joined(separator: "; ")
    }

    private static func signed(_ percent: Double) -> String {
        let rounded = (percent * 10).rounded() / 10
        return (rounded > 0 ? "+" : "") + Numbers.shortest(rounded)
    }

    private static func words(reproduced verdict: AuditEntry.Verdict) -> String {
        switch verdict {
        case .holds: "reproduced"
        case .shifts, .overturned: "not reproduced"
        case .unresolved: "neither reproduced nor refuted"
        }
    }

    /// `3 hold, 1 shifts`, in words of the verdicts.
    public var summary: String {
        let counts = Dictionary(grouping: entries, by: \.verdict).mapValues(\.count)
        let order: [AuditEntry.Verdict] = [.holds, .shifts, .overturned, .unresolved]
        return order.compactMap { verdict in counts[verdict].map { "\($0) \(verdict.rawValue)" } }
            .joined(separator: ", ")
    }

    // MARK: Page

    /// Each number with a picture of it against h.
    public var page: String {
        let sections = entries.map { entry in
            let figure = plot(entry).map { "<figure>\(StandaloneSVG.inline($0))</figure>" } ?? ""
            return """
                <section><h2><span class="\(entry.verdict.rawValue)">\(entry.verdict.rawValue)</span> \(XMLText.escape(subject(entry)))</h2>
                \(figure)<table>\(rows(entry))</table><p>\(XMLText.escape(sentence(entry))).</p></section>
                """
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Audit of published numbers</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
            figure{margin:1rem 0;max-width:38rem}svg{width:100%;height:auto}table{border-collapse:collapse}
            td{padding:.15rem 1rem .15rem 0;border-bottom:1px solid #ddd}h2{font-size:1.1rem;margin-top:2.5rem}
            h2 span{padding:.1rem .5rem;border-radius:.3rem;color:#fff}.holds{background:#1a7f37}.shifts{background:#9a6700}
            .overturned{background:#b42318}.unresolved{background:#57606a}</style></head>
            <body><h1>Audit of published numbers</h1><p>\(summary). Each number as it was published, as its scheme gives it at its
            step and at finer ones, and in the limit h → 0. <b>Holds</b>: the limit is within the tolerance of what was published;
            <b>shifts</b>: it is proven to be farther away; <b>overturned</b>: by more than half, or there is no such thing.</p>
            \(sections.joined(separator: "\n"))
            </body></html>

            """
    }

    private func rows(_ entry: AuditEntry) -> String {
        var rows = [("published", number(entry.published, entry.publishedStandardError, entry), entry.source)]
        let steps = [entry.atStep].compactMap { $0 } + entry.finer
        rows += steps.map {
            ("\($0.integrator), h = \(Numbers.step($0.h)) ms", number($0.value, $0.standardError, entry), "")
        }
        rows.append(
            ("limit, \(entry.limit.method)", number(entry.limit.value, entry.limit.standardError, entry), ""))
        rows += entry.theory.map { ($0.method, number($0.value, nil, entry), "theory") }
        return rows.map { row in
            "<tr>" + [row.0, row.1, row.2].map { "<td>\(XMLText.escape($0))</td>" }.joined() + "</tr>"
        }.joined()
    }

    /// The number against the step, with the limit at 0.
    private func plot(_ entry: AuditEntry) -> Plot? {
        let scale = entry.unit == "1/ms" ? 1000.0 : 1
        func point(_ x: Double, _ value: Double?, _ error: Double?) -> Series.Point? {
            value.map { value in
                let width = 1.96 * (error ?? 0)
                return Series.Point(
                    x: x, y: scale * value, low: error.map { _ in scale * (value - width) },
                    high: error.map { _ in scale * (value + width) })
            }
        }
        let steps = ([entry.atStep].compactMap { $0 } + entry.finer)
        let curve = steps.compactMap { point($0.h, $0.value, $0.standardError) }
        let limit = [point(0, entry.limit.value, entry.limit.standardError)].compactMap { $0 }
        guard !curve.isEmpty || !limit.isEmpty else { return nil }
        let published = [point(entry.atStep?.h ?? 0, entry.published, entry.publishedStandardError)]
            .compactMap { $0 }
        let groups = [
            (entry.atStep?.integrator ?? "", curve), (entry.limit.method, limit), ("published", published),
        ].filter { !$0.1.isEmpty }
        let all = groups.flatMap(\.1)
        let title = subject(entry)
        var plot = Plot(
            identifier: FigureName.of("audit", title), title: title,
            description: groups.map { name, points in
                "\(name): "
                    + points.map { "\(Numbers.shortest($0.y)) at \(Numbers.shortest($0.x))" }.joined(
                        separator: ", ") + "."
            }.joined(separator: " "),
            heading: title, horizontal: .linear("h (ms)", [0] + all.map(\.x)),
            vertical: .linear(
                entry.quantity + (scale == 1000 ? " (Hz)" : entry.unit.isEmpty ? "" : " (\(entry.unit))"),
                all.flatMap { [$0.y, $0.low, $0.high].compactMap { $0 } }, padding: 0.12))
        plot.series = groups.enumerated().map { index, group in
            Series(name: group.0, style: SeriesStyle(index: index), points: group.1)
        }
        return plot
    }
}

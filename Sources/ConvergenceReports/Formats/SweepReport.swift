import ConvergenceStudies
import Foundation

/// What all points of a sweep found, together: tables with a column for each key, and figures against what is swept.
public struct SweepReport: Sendable {
    /// The swept study's name.
    public let name: String
    /// In the order of the alphabet.
    let keys: [String]
    /// By their values.
    let results: [StudyResult]

    /// - Parameter results: Of the points of one sweep, in any order; nil where they are none.
    public init?(_ results: [StudyResult]) {
        guard let point = results.first?.header.point else { return nil }
        let keys = point.at.keys.sorted()
        (name, self.keys) = (point.of, keys)
        self.results = results.sorted { a, b in
            let (a, b) = (a.header.point?.at ?? [:], b.header.point?.at ?? [:])
            return keys.lazy.map { (a[$0] ?? 0, b[$0] ?? 0) }.first { $0.0 != $0.1 }.map { $0.0 < $0.1 }
                ?? false
        }
    }

    /// Names and texts of all files.
    ///
    /// - Throws: `ReportError`.
    public func files() throws -> [FigureFile] {
        let plots = plots
        return try [
            FigureFile(name: "result.json", text: json()),
            FigureFile(name: "rows.csv", text: table(CSVReport().render)),
            FigureFile(name: "orders.csv", text: table(OrdersCSVReport().render)),
            FigureFile(name: "scalars.csv", text: table(ScalarsCSVReport().render)),
        ] + StandaloneSVG().files(of: plots) + [FigureFile(name: "report.html", text: page(plots))]
    }

    // MARK: Tables

    private struct Whole: Encodable {
        struct Point: Encodable {
            var at: [String: Double]
            var study: String
        }

        var sweep: String
        var title: String
        var points: [Point]
        var rows: [Row]
        var orders: [Order]
        var scalars: [Scalar]
        var checks: [Check]
    }

    private func json() throws -> String {
        let whole = Whole(
            sweep: name, title: results.first?.header.title ?? "",
            points: results.map { .init(at: $0.header.point?.at ?? [:], study: $0.header.study) },
            rows: results.flatMap(\.rows), orders: results.flatMap(\.orders),
            scalars: results.flatMap(\.scalars),
            checks: results.flatMap(\.checks))
        return try JSONText.of(whole)
    }

    /// The points' tables one below the other, each line with its point before it.
    private func table(_ render: (StudyResult) throws -> String) rethrows -> String {
        var lines: [String] = []
        for result in results {
            let (head, body) = Self.split(try render(result))
            if lines.isEmpty { lines.append((keys.map(CSVReport.quoted) + [head]).joined(separator: ",")) }
            let values = keys.map { CSVReport.number(result.header.point?.at[$0]) }
            lines += body.map { (values + [$0]).joined(separator: ",") }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func split(_ table: String) -> (head: String, body: [String]) {
        // No field holds a line feed: those are made visible.
        let lines = table.split(separator: "\n").map(String.init)
        return (lines.first ?? "", Array(lines.dropFirst()))
    }

    // MARK: Figures

    /// A curve against the first key, for each set of the other keys' values.
    private struct Curve {
        var name: String
        var points: [Series.Point]
    }

    /// Each error, and each scalar, by step against the first key.
    var plots: [Plot] {
        let scalars = unique(
            results.flatMap(\.scalars).filter { $0.case == "network" && $0.value != nil }.map(\.name))
        let errors = unique(
            results.flatMap(\.rows).filter { $0.case == "network" && $0.value != nil }.map(\.quantity))
        return errors.compactMap(plot(of:)) + scalars.compactMap(plot(ofScalar:))
    }

    private func unique<Name: Hashable>(_ names: [Name]) -> [Name] {
        var seen: Set<Name> = []
        return names.filter { seen.insert($0).inserted }
    }

    /// The values of the keys that are on no axis.
    private func group(of result: StudyResult) -> String {
        keys.dropFirst().map { "\($0) = \(Numbers.shortest(result.header.point?.at[$0] ?? 0))" }.joined(
            separator: ", ")
    }

    private func plot(ofScalar name: String) -> Plot? {
        var curves: [String: [Series.Point]] = [:]
        var order: [String] = []
        var unit = ""
        for result in results {
            guard let x = result.header.point?.at[keys[0]] else { continue }
            for scalar in result.scalars where scalar.name == name && scalar.case == "network" {
                guard let value = scalar.value else { continue }
                unit = scalar.unit
                let step = scalar.h.map { " h = \(Numbers.step($0))" } ?? ""
                let method = scalar.method == scalar.integrator ? "" : " by \(scalar.method)"
                let label = [scalar.integrator + step + method, group(of: result)].filter { !$0.isEmpty }
                    .joined(separator: ", ")
                if curves[label] == nil { order.append(label) }
                curves[label, default: []].append(
                    .init(x: x, y: value, low: scalar.intervalLow, high: scalar.intervalHigh))
            }
        }
        return plot(
            order.map { Curve(name: $0, points: curves[$0] ?? []) }, title: name, unit: unit,
            identifier: FigureName.of("sweep", name))
    }

    private func plot(of quantity: Quantity) -> Plot? {
        var curves: [String: [Series.Point]] = [:]
        var order: [String] = []
        for result in results {
            guard let x = result.header.point?.at[keys[0]] else { continue }
            for row in result.rows where row.quantity == quantity && row.case == "network" {
                guard let value = row.value else { continue }
                let label = ["\(row.integrator) h = \(Numbers.step(row.h))", group(of: result)].filter {
                    !$0.isEmpty
                }
                .joined(separator: ", ")
                if curves[label] == nil { order.append(label) }
                curves[label, default: []].append(
                    .init(
                        x: x, y: value, low: row.intervalLow, high: row.intervalHigh, isHollow: !row.resolved)
                )
            }
        }
        return plot(
            order.map { Curve(name: $0, points: curves[$0] ?? []) }, title: quantity.title,
            unit: quantity.unit,
            identifier: FigureName.of("sweep", ErrorFigure.identifier(quantity)))
    }

    private func plot(_ curves: [Curve], title: String, unit: String, identifier: String) -> Plot? {
        let points = curves.flatMap(\.points)
        guard !points.isEmpty else { return nil }
        let sizes = points.flatMap { [$0.y, $0.low, $0.high].compactMap { $0 } }
        var plot = Plot(
            identifier: identifier, title: "\(title) against \(keys[0])",
            description: curves.map {
                "\($0.name): "
                    + $0.points.map { "\(Numbers.shortest($0.y)) at \(Numbers.shortest($0.x))" }.joined(
                        separator: ", ") + "."
            }
            .joined(separator: " "),
            heading: title, horizontal: .linear(keys[0], points.map(\.x)),
            vertical: .linear(unit.isEmpty ? title : "\(title) (\(unit))", sizes, padding: 0.12))
        plot.series = curves.enumerated().map { index, curve in
            Series(name: curve.name, style: SeriesStyle(index: index), points: curve.points)
        }
        return plot
    }

    // MARK: Page

    private func page(_ plots: [Plot]) -> String {
        let title = XMLText.escape(results.first?.header.title ?? name)
        let figures = plots.map {
            "<figure>\(StandaloneSVG.inline($0))<figcaption>\(XMLText.escape($0.title))</figcaption></figure>"
        }
        let heads = keys + ["study", "verdicts"]
        let rows = results.map { result in
            let values = keys.map { Numbers.shortest(result.header.point?.at[$0] ?? 0) }
            let verdicts = Dictionary(grouping: result.checks, by: \.verdict).map {
                "\($0.value.count) \($0.key.rawValue)"
            }.sorted()
            let link =
                "<a href=\"../\(XMLText.escape(result.header.study))/report.html\">\(XMLText.escape(result.header.study))</a>"
            return "<tr>" + values.map { "<td>\($0)</td>" }.joined()
                + "<td>\(link)</td><td>\(XMLText.escape(verdicts.joined(separator: ", ")))</td></tr>"
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
            <style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
            figure{margin:1.5rem 0;max-width:42rem}svg{width:100%;height:auto}table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:left;border-bottom:1px solid #ddd}
            figcaption{color:#555}</style></head>
            <body><h1>\(title)</h1><p>\(XMLText.escape(name)): \(results.count) points of a sweep over \(XMLText.escape(keys.joined(separator: ", "))), on the same random paths. Bars are intervals
            of each study's confidence; hollow points are unresolved.</p>
            \(figures.joined(separator: "\n"))
            <h2>Points</h2><table><tr>\(heads.map { "<th>\(XMLText.escape($0))</th>" }.joined())</tr>
            \(rows.joined(separator: "\n"))</table>
            </body></html>

            """
    }
}

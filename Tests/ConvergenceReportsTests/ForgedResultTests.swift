import ConvergenceReports
import ConvergenceStudies
import Testing

/// Results that are JSON of the right shape, and that no run has written.
struct ForgedResultTests {
    static let forgeries: [(field: String, change: @Sendable (inout StudyResult) -> Void)] = [
        ("header.paths", { $0.header.paths = .max }),
        ("header.paths", { $0.header.paths = -1 }),
        ("rows.2.h", { $0.rows[2].h = 0 }),
        ("rows.2.h", { $0.rows[2].h = -0.5 }),
        ("rows.0.h", { $0.rows[0].h = 1e300 }),
        ("rows.1.paths", { $0.rows[1].paths = -3 }),
        ("rows.0.ci_low", { ($0.rows[0].intervalLow, $0.rows[0].intervalHigh) = (2, 1) }),
        ("orders.0.ci_low", { ($0.orders[0].intervalLow, $0.orders[0].intervalHigh) = (2, 1) }),
        ("scalars.0.ci_low", { ($0.scalars[0].intervalLow, $0.scalars[0].intervalHigh) = (2, 1) }),
        ("scalars.0.h", { $0.scalars[0].h = -1 }),
        ("distributions.0.edges", { $0.distributions[0].edges[1] = $0.distributions[0].edges[0] }),
        ("distributions.0.counts", { $0.distributions[0].counts.removeLast() }),
        ("distributions.0.counts", { $0.distributions[0].counts[0] = -1 }),
        ("distributions.0.counts", { $0.distributions[0].above = .max }),
        ("curves.0", { $0.curves = [Curve(name: "c", integrator: "i", h: nil, x: [1, 2], y: [1])] }),
        ("curves.0", { $0.curves = [Curve(name: "c", integrator: "i", h: nil, x: [], y: [])] }),
        ("sample_path.tested", { $0.samplePath?.tested.voltages.removeLast() }),
    ]

    @Test(arguments: forgeries.indices)
    func whatNoRunCanHaveFoundIsRefusedByField(_ k: Int) throws {
        var result = Synthetic.single
        Self.forgeries[k].change(&result)
        #expect(result != Synthetic.single)
        let text = try JSONReport().render(result)
        let error = #expect(throws: ReportError.self) { try JSONReport.decode(text) }
        guard case .malformed(let field, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(field == Self.forgeries[k].field)
    }

    /// The ends of what 64 bits hold overflow in differences, ratios and powers of ten.
    @Test(arguments: [
        1e308, -1e308, 5e-324, -5e-324, 1e-300, Double.greatestFiniteMagnitude, .leastNormalMagnitude, 0,
    ])
    func anyFiniteValueCanBeReportedInEveryFormat(_ value: Double) throws {
        for place in [0, 3] {
            var result = Synthetic.single
            result.rows[place].value = value
            result.rows[place].standardError = abs(value)
            (result.rows[place].intervalLow, result.rows[place].intervalHigh) = (value, max(value, 1))
            result.orders[0].order = value
            result.scalars[0].value = value
            result.scalars[0].standardError = abs(value)
            result.samplePath?.tested.voltages[0] = value
            result.header.time.seconds = abs(value)
            let read = try JSONReport.decode(JSONReport().render(result))
            for format in ReportCatalogue.formats where !(format is CrossingsReport) {
                #expect(try !format.render(read).isEmpty)
            }
            for format in ReportCatalogue.figureFormats {
                #expect(!ReportCatalogue.files(format, of: read).isEmpty)
            }
        }
    }
}

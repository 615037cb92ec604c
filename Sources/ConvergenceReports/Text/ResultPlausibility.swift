import ConvergenceStudies

/// What every result fulfils that this tool has written, and that tables and figures rely on.
struct ResultPlausibility {
    private static let paths = 0...Int(Study.Sampling.admissiblePaths.upperBound)
    /// ms.
    private static let steps = 1e-30...1e30
    /// As many can be added up as a file holds.
    private static let counts = 0...1 << 48

    /// - Throws: `ReportError.malformed` with the first field that cannot be right.
    static func check(_ result: StudyResult) throws(ReportError) {
        let header = result.header
        try oneLine([header.study, header.title, header.host, header.toolVersion], "header")
        try require(paths.contains(result.header.paths), "header.paths", "is no number of paths")
        for (k, work) in result.header.time.work.enumerated() {
            try require(steps.contains(work.h), "header.time.work.\(k).h", "is no step in ms")
        }
        for (k, row) in result.rows.enumerated() {
            try require(steps.contains(row.h), "rows.\(k).h", "is no step in ms")
            try require(paths.contains(row.paths), "rows.\(k).paths", "is no number of paths")
            try interval(row.intervalLow, row.intervalHigh, "rows.\(k)")
            try oneLine(
                [row.case, row.integrator, row.reference, row.measure, row.observable, row.note], "rows.\(k)")
        }
        for (k, order) in result.orders.enumerated() {
            try interval(order.intervalLow, order.intervalHigh, "orders.\(k)")
            try oneLine(
                [order.case, order.integrator, order.measure, order.observable, order.note], "orders.\(k)")
        }
        for (k, scalar) in result.scalars.enumerated() {
            try step(scalar.h, "scalars.\(k)")
            try interval(scalar.intervalLow, scalar.intervalHigh, "scalars.\(k)")
            try oneLine(
                [scalar.case, scalar.name, scalar.method, scalar.integrator, scalar.unit], "scalars.\(k)")
        }
        for (k, check) in result.checks.enumerated() {
            try step(check.h, "checks.\(k)")
            try interval(check.intervalLow, check.intervalHigh, "checks.\(k)")
        }
        for (k, distribution) in result.distributions.enumerated() {
            try self.check(distribution, "distributions.\(k)")
        }
        for (k, curve) in (result.curves ?? []).enumerated() { try check(curve, "curves.\(k)") }
        if let path = result.samplePath {
            try check(path.reference, "sample_path.reference")
            try check(path.tested, "sample_path.tested")
        }
    }

    private static func check(_ distribution: Distribution, _ field: String) throws(ReportError) {
        try step(distribution.h, field)
        let edges = distribution.edges
        try require(
            zip(edges, edges.dropFirst()).allSatisfy { $0 < $1 }, "\(field).edges", "is not ascending")
        try require(
            distribution.counts.count == edges.count - 1, "\(field).counts", "does not fit the edges")
        let all = distribution.counts + [distribution.below, distribution.above]
        try require(all.allSatisfy(counts.contains), "\(field).counts", "has a number that is no count")
    }

    private static func check(_ curve: Curve, _ field: String) throws(ReportError) {
        try step(curve.h, field)
        let (points, errors) = (curve.x.count, curve.standardErrors.count)
        try require(
            points > 0 && curve.y.count == points && (errors == 0 || errors == points), field,
            "has no points, or x, y and standard errors differ in number")
    }

    private static func check(_ trace: SamplePath.Trace, _ field: String) throws(ReportError) {
        try step(trace.h, field)
        try require(
            trace.times.count == trace.voltages.count, field, "times and voltages differ in number")
    }

    private static func step(_ h: Double?, _ field: String) throws(ReportError) {
        try require(h.map(steps.contains) ?? true, "\(field).h", "is no step in ms")
    }

    private static func interval(_ low: Double?, _ high: Double?, _ field: String) throws(ReportError) {
        guard let low, let high else { return }
        try require(low <= high, "\(field).ci_low", "is above ci_high")
    }

    /// Names and titles, which a second line could make look like another report.
    private static func oneLine(_ texts: [String], _ field: String) throws(ReportError) {
        try require(
            !texts.contains { $0.contains(where: \.isNewline) }, field, "has a name or title of several lines"
        )
    }

    private static func require(
        _ holds: Bool, _ field: String, _ reason: String
    ) throws(ReportError) {
        if !holds { throw .malformed(field: field, reason: reason) }
    }
}

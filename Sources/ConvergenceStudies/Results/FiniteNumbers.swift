/// What is infinite or not a number cannot be written to JSON: it becomes null, with a reason.
///
/// Sums stay finite by themselves; this is for what is divided, multiplied or raised to a power after them.
extension Double {
    /// Nil where JSON has no number for it.
    package var ifFinite: Double? { isFinite ? self : nil }

    static let outOfRangeNote = "no finite number"
}

extension Row {
    var finite: Row {
        var row = self
        if let value, !value.isFinite {
            (row.value, row.resolved) = (nil, false)
            row.note = note.isEmpty ? Double.outOfRangeNote : note
        }
        row.standardError = row.value.flatMap { _ in standardError?.ifFinite }
        (row.intervalLow, row.intervalHigh) = Interval.finite(intervalLow, intervalHigh, of: row.value)
        row.upperBound = upperBound?.ifFinite
        row.effectiveSample = effectiveSample.ifFinite ?? 0
        return row
    }
}

extension Scalar {
    /// The same without a value.
    func without(_ note: String) -> Scalar {
        var scalar = self
        (scalar.value, scalar.note) = (nil, note)
        return scalar.finite
    }

    var finite: Scalar {
        var scalar = self
        scalar.value = value?.ifFinite
        if scalar.value == nil {
            scalar.note = note ?? (value == nil ? "nothing to average" : Double.outOfRangeNote)
        }
        scalar.standardError = scalar.value.flatMap { _ in standardError?.ifFinite }
        (scalar.intervalLow, scalar.intervalHigh) = Interval.finite(
            intervalLow, intervalHigh, of: scalar.value)
        return scalar
    }
}

extension Order {
    var finite: Order {
        var order = self
        order.order = self.order?.ifFinite
        if self.order != nil, order.order == nil, note.isEmpty { order.note = Double.outOfRangeNote }
        (order.intervalLow, order.intervalHigh) = Interval.finite(intervalLow, intervalHigh, of: order.order)
        order.intercept = intercept?.ifFinite
        order.localOrders = localOrders?.filter { $0.order.isFinite }
        return order
    }
}

extension Check {
    var finite: Check {
        var check = self
        check.value = value?.ifFinite
        if value != nil, check.value == nil, note.isEmpty { check.note = Double.outOfRangeNote }
        check.standardError = standardError?.ifFinite
        (check.intervalLow, check.intervalHigh) = Interval.finite(intervalLow, intervalHigh, of: check.value)
        (check.constant, check.constantLow, check.constantHigh) = (
            constant?.ifFinite, constantLow?.ifFinite, constantHigh?.ifFinite
        )
        check.detectable = detectable?.ifFinite
        return check
    }
}

extension Curve {
    /// Without the points that have no place; nil where none is left.
    var finite: Curve? {
        let known = x.indices.filter {
            x[$0].isFinite && y[$0].isFinite && (standardErrors.isEmpty || standardErrors[$0].isFinite)
        }
        guard !known.isEmpty else { return nil }
        var curve = self
        (curve.x, curve.y) = (known.map { x[$0] }, known.map { y[$0] })
        if !standardErrors.isEmpty { curve.standardErrors = known.map { standardErrors[$0] } }
        return curve
    }
}

extension SamplePath.Trace {
    var finite: SamplePath.Trace {
        var trace = self
        let known = times.indices.filter { times[$0].isFinite && voltages[$0].isFinite }
        (trace.times, trace.voltages) = (known.map { times[$0] }, known.map { voltages[$0] })
        trace.spikes = spikes.filter(\.isFinite)
        return trace
    }
}

extension StudyResult {
    /// The same in numbers that can be written.
    var finite: StudyResult {
        var result = self
        result.rows = rows.map(\.finite)
        result.orders = orders.map(\.finite)
        result.scalars = scalars.map(\.finite)
        result.checks = checks.map(\.finite)
        result.curves = curves?.compactMap(\.finite)
        if let path = samplePath {
            result.samplePath?.reference = path.reference.finite
            result.samplePath?.tested = path.tested.finite
            result.samplePath?.crossingSpeed = path.crossingSpeed?.ifFinite
        }
        return result
    }
}

private enum Interval {
    /// An end that is no number is left out, and both where there is no value.
    static func finite(_ low: Double?, _ high: Double?, of value: Double?) -> (Double?, Double?) {
        value == nil ? (nil, nil) : (low?.ifFinite, high?.ifFinite)
    }
}

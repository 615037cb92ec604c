import ConvergenceStudies

/// Results that are not nice.
extension Synthetic {
    /// A level at which nothing could be computed.
    static let missing = Row(
        study: "quickstart", case: "network", integrator: "euler-maruyama", reference: "exact-event",
        measure: "spike-time-rms", observable: "", h: 0.5, paths: 65536, value: nil, standardError: nil,
        intervalLow: nil, intervalHigh: nil, resolved: false, effectiveSample: 0, note: "no spike was matched"
    )

    /// A neuron that never fires and an integrator without error: zeros, nothing, and one step only.
    static let degenerate: StudyResult = {
        var result = empty
        var zero = missing
        zero.measure = "strong-final"
        (zero.value, zero.standardError, zero.intervalLow, zero.intervalHigh) = (0, 0, 0, 0)
        var lone = zero
        lone.measure = "count-mismatch"
        (lone.value, lone.standardError, lone.intervalLow, lone.intervalHigh) = (0.5, 0, 0.5, 0.5)
        var doubtful = zero
        doubtful.measure = "strong-mean"
        (doubtful.value, doubtful.standardError, doubtful.intervalLow, doubtful.intervalHigh) = (
            1e-300, 5e-301, -1e-301, 2e-300
        )
        result.rows = [missing, zero, lone, doubtful]
        var order = single.orders[0]
        (order.order, order.intervalLow, order.intervalHigh, order.intercept) = (nil, nil, nil, nil)
        result.orders = [order]
        var scalar = single.scalars[0]
        (scalar.value, scalar.standardError, scalar.intervalLow, scalar.intervalHigh) = (nil, nil, nil, nil)
        var stepped = scalar
        stepped.h = 0.5
        result.scalars = [scalar, stepped]
        result.distributions = [
            Distribution(
                name: "spike-time-error", integrator: "euler-maruyama", h: 0.5, unit: "ms",
                edges: [-1, 0, 1],
                counts: [0, 0], below: 0, above: 0),
            Distribution(
                name: "crossing-speed", integrator: "exact-event", h: nil, unit: "V-units/ms", edges: [],
                counts: [],
                below: 0, above: 0),
        ]
        let silent = SamplePath.Trace(
            integrator: "exact-event", h: nil, times: [0], voltages: [0], spikes: [])
        result.samplePath = SamplePath(
            path: 0, neuron: 0, threshold: 1, reset: 0, closeUp: [], crossingSpeed: nil, reference: silent,
            tested: silent)
        return result
    }()

    /// Text that would be markup if it were not escaped.
    static let hostile: StudyResult = {
        let text = "<b>&\"'</title><script>\u{1B}[31m<\u{301}script>{{title}}"
        var result = single
        result.header.title = text
        result.header.study = text
        result.header.studyText = text
        result.header.host = text
        for index in result.rows.indices {
            result.rows[index].note = text
            result.rows[index].integrator += text
        }
        for index in result.orders.indices { result.orders[index].note = text }
        result.samplePath?.tested.integrator = text
        return result
    }()

    /// Six integrators at eight steps.
    static let many: StudyResult = {
        var result = single
        for index in 0..<2 {
            for row in single.rows.filter({ $0.integrator == "exact-propagator" }) {
                var copy = row
                copy.integrator = "nonlinear-scheme-\(index + 1)"
                copy.value = copy.value.map { $0 * (0.4 - 0.2 * Double(index)) }
                (copy.intervalLow, copy.intervalHigh) = (
                    copy.value.map { $0 * 0.9 }, copy.value.map { $0 * 1.1 }
                )
                result.rows.append(copy)
            }
        }
        for row in result.rows where row.h == 0.03125 {
            for octave in 1...3 {
                var copy = row
                copy.h /= Double(1 << octave)
                copy.value = copy.value.map { $0 / Double(1 << octave) }
                (copy.intervalLow, copy.intervalHigh) = (
                    copy.value.map { $0 * 0.9 }, copy.value.map { $0 * 1.1 }
                )
                result.rows.append(copy)
            }
        }
        return result
    }()
}

import ConvergenceStudies

/// How wrong integrators are at one step, in words that need no axis.
enum ErrorSizes {
    /// More integrators than these are told by the best and the worst of them.
    private static let mostIntegrators = 4

    /// `At h = 1/4 ms euler-maruyama is 7 % of a reset off; exact-propagator+hermite 0.1 %.`  Nil where nothing is known.
    static func sentence(_ quantity: Quantity, in result: StudyResult) -> String? {
        guard let h = step(quantity, in: result) else { return nil }
        let scale = Scale(quantity, in: result)
        let levels = result.integrators.compactMap { integrator in
            result.levels(quantity, integrator: integrator, case: StudyResult.network).first { $0.h == h }
        }.filter { $0.size != nil }
        guard !levels.isEmpty else { return nil }
        let sorted = levels.sorted { $0.size! > $1.size! }
        let told =
            sorted.count > mostIntegrators
            ? [(sorted[0], "the worst of \(sorted.count), "), (sorted[sorted.count - 1], "the best, ")]
            : sorted.map { ($0, "") }
        let parts = told.enumerated().map { k, one in
            "\(one.1)\(one.0.integrator)\(one.1.isEmpty ? "" : ",") "
                + scale.text(one.0, isFirst: k == 0)
        }
        return "At h = \(Numbers.step(h)) ms \(parts.joined(separator: "; "))."
    }

    /// In the middle of the steps at which most integrators have a value.
    private static func step(_ quantity: Quantity, in result: StudyResult) -> Double? {
        let counted = result.steps.map { h in
            (
                h,
                result.rows.count {
                    $0.h == h && $0.case == StudyResult.network && $0.quantity == quantity && $0.size != nil
                }
            )
        }
        guard let most = counted.map(\.1).max(), most > 0 else { return nil }
        let best = counted.filter { $0.1 == most }.map(\.0)
        return best[(best.count - 1) / 2]
    }

    /// What a size is told in.
    private struct Scale {
        /// In V-units; nil where an error is not told in resets.
        var reset: Double?
        var quantity: Quantity

        init(_ quantity: Quantity, in result: StudyResult) {
            self.quantity = quantity
            guard quantity.meaning.unit == "V-units", let path = result.samplePath,
                path.threshold > path.reset
            else { return }
            reset = path.threshold - path.reset
        }

        func text(_ level: Row, isFirst: Bool) -> String {
            let atMost = level.isTold ? "" : "at most "
            guard let reset else {
                let size = Numbers.significant(level.size!, digits: 2).typeset
                let unit = quantity.unit.isEmpty ? "" : " \(quantity.unit)"
                return (isFirst ? "has a \(quantity.title) of " : "") + atMost + size + unit
            }
            let percent = Numbers.significant(100 * level.size! / reset, digits: 2)
            return (isFirst ? "is " : "") + "\(atMost)\(percent.typeset) %"
                + (isFirst ? " of a reset off" : "")
        }
    }
}

extension Row {
    /// Whether the value itself is known.
    fileprivate var isTold: Bool { resolved || upperBound == nil }

    /// The error's size, or a bound on it; nil where nothing is known.
    fileprivate var size: Double? {
        isTold ? value.flatMap { $0.isFinite ? abs($0) : nil } : upperBound
    }
}

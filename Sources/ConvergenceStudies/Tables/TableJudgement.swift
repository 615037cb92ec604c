import SpikingNumerics

/// What errors by path and step say of an order of convergence: the statistics of studies, for anybody's errors.
public struct TableJudgement: Encodable, Sendable {
    /// What the errors of all paths amount to at a step.
    public enum Measure: String, CaseIterable, Sendable {
        /// The root of the mean square: strong errors.
        case rms
        /// The mean, with its sign: weak errors.
        case mean
        /// The part of the paths that have a 1, where all others have a 0.
        case probability

        var estimate: Estimate {
            switch self {
            case .rms: .rootMean
            case .mean: .mean
            case .probability: .probability
            }
        }
    }

    /// An order to be judged by.
    public struct Expected: Sendable {
        public var order: Double
        public var tolerance: Double

        public init(order: Double, tolerance: Double) { (self.order, self.tolerance) = (order, tolerance) }
    }

    public struct Level: Encodable, Sendable {
        public var h: Double
        public var paths: Int
        @NullWhereUnknown public var value: Double? = nil
        @NullWhereUnknown public var standardError: Double? = nil
        @NullWhereUnknown public var low: Double? = nil
        @NullWhereUnknown public var high: Double? = nil
        /// Whether the interval is one; otherwise there is an upper bound of the error's size.
        public var resolved: Bool
        @NullWhereUnknown public var upperBound: Double? = nil
        public var note: String

        enum CodingKeys: String, CodingKey {
            case h, paths, value, resolved, note
            case standardError = "std_error"
            case low = "ci_low"
            case high = "ci_high"
            case upperBound = "upper_bound"
        }
    }

    public var integrator: String
    public var measure: String
    public var levels: [Level]
    @NullWhereUnknown public var order: Double? = nil
    @NullWhereUnknown public var low: Double? = nil
    @NullWhereUnknown public var high: Double? = nil
    /// Between resolved neighbours, the coarsest first.
    public var localOrders: [LocalOrder]
    /// Whether no drift of the local orders is proven; nil for fewer than three resolved levels.
    @NullWhereUnknown public var asymptotic: Bool? = nil
    /// `none` where nothing was expected.
    public var verdict: Verdict
    public var note: String

    enum CodingKeys: String, CodingKey {
        case integrator, measure, levels, order, asymptotic, verdict, note
        case low = "ci_low"
        case high = "ci_high"
        case localOrders = "local_orders"
    }

    /// - Parameters:
    ///   - isIndependent: Whether errors at different steps are of different paths, whatever their names.
    ///   - largest: No error can be larger; nil where nobody knows. What no path has shown is bounded by it.
    ///   - falseAlarm: The probability that a true expectation fails.
    /// - Throws: `ErrorTable.Problem`; `GSLError`.
    public init(
        _ group: ErrorTable.Group, measure: Measure, isIndependent: Bool, largest: Double? = nil,
        expected: Expected? = nil, confidence: Double = 0.95, falseAlarm: Double = 1e-6
    ) throws {
        try Self.check(group, measure: measure, isIndependent: isIndependent)
        integrator = group.integrator
        self.measure = group.measure.isEmpty ? measure.rawValue : group.measure
        // Squares of squares must be numbers, however large or small the errors are.
        let scale = measure == .probability ? 1 : Self.scale(group)
        let estimates = try Self.estimates(
            group.divided(by: scale), measure, isIndependent: isIndependent, largest: (largest ?? 0) / scale,
            confidence: confidence)
        levels = zip(zip(group.steps, group.errors), estimates.levels).map { step, level in
            // Zeros alone bound nothing, unless it is known what no error exceeds.
            let isBounded = largest != nil || level.effectiveSample > 0 || measure == .probability
            return Level(
                h: step.0, paths: step.1.count, value: level.estimated.map { scale * $0.value },
                standardError: level.estimated.flatMap { (scale * $0.standardError).ifFinite },
                low: level.isResolved ? level.estimated.flatMap { (scale * $0.low).ifFinite } : nil,
                high: level.isResolved ? level.estimated.flatMap { (scale * $0.high).ifFinite } : nil,
                resolved: level.isResolved,
                upperBound: isBounded ? level.upperBound.flatMap { (scale * $0).ifFinite } : nil,
                note: level.note)
        }
        (localOrders, verdict) = ([], expected == nil ? .none : .inconclusive)
        do throws(OrderFit.Failure) {
            let fit = try OrderFit(steps: group.steps, estimates: estimates, confidence: confidence)
            (order, low, high) = (fit.order, fit.low.ifFinite, fit.high.ifFinite)
            (localOrders, asymptotic, note) = (fit.localOrders, fit.isAsymptotic, fit.note)
            if let expected { verdict = Self.verdict(fit, expected, estimates.paths, confidence, falseAlarm) }
        } catch {
            note = error.note
        }
    }

    private static func verdict(
        _ fit: OrderFit, _ expected: Expected, _ paths: Int, _ confidence: Double, _ falseAlarm: Double
    ) -> Verdict {
        var judge = Judge(
            checks: 1, falseAlarm: falseAlarm, confidence: confidence, maximumPaths: max(1, paths))
        let evidence = Evidence.student(
            value: fit.order, standardError: fit.standardError, freedom: fit.freedom, grain: fit.grain,
            unseen: fit.unseen)
        let region = Region(
            low: expected.order - expected.tolerance, high: expected.order + expected.tolerance)
        judge.look(paths: max(1, paths), [(evidence, region)])
        return judge.rulings[0].verdict
    }

    // MARK: Levels

    /// A power of two about the largest error.
    private static func scale(_ group: ErrorTable.Group) -> Double {
        let most = group.errors.joined().reduce(0) { max($0, abs($1)) }
        guard most > 0 else { return 1 }
        return Double(sign: .plus, exponent: Int(most.exponent), significand: 1)
    }

    private static func check(_ group: ErrorTable.Group, measure: Measure, isIndependent: Bool)
        throws(ErrorTable.Problem)
    {
        if !isIndependent, !group.hasCommonPaths {
            throw .init(
                place: [group.integrator, group.measure].filter { !$0.isEmpty }.joined(separator: ", ")
                    + "the table",
                message: "some paths have errors at some steps only",
                remedy: "complete them, or say --independent where each step has paths of its own")
        }
        if let few = zip(group.steps, group.errors).first(where: { $0.1.count < 2 }) {
            throw .init(
                place: "h = \(few.0.shortest)", message: "there is one path only",
                remedy: "give two or more, since an interval is of their scatter")
        }
        if measure == .probability,
            let odd = group.errors.joined().first(where: { $0 != 0 && $0 != 1 })
        {
            throw .init(
                place: "the errors", message: "\(odd.shortest) is neither 0 nor 1",
                remedy: "of probabilities, give 1 for a path that errs and 0 for one that does not")
        }
    }

    private static func estimates(
        _ group: ErrorTable.Group, _ measure: Measure, isIndependent: Bool, largest: Double,
        confidence: Double
    ) throws -> LevelEstimates {
        let isRoot = measure == .rms
        let event = isRoot ? largest * largest : largest
        func estimates(_ steps: [Double], _ errors: [[Double]]) throws -> LevelEstimates {
            var moments = Moments(dimension: steps.count, levels: steps.count)
            for path in errors[0].indices {
                let values = errors.map { $0[path] }
                let squares = values.map { $0 * $0 }
                moments.add(isRoot ? squares : values, squares: squares)
            }
            return try LevelEstimates(
                moments, estimate: measure.estimate, confidence: confidence, steps: steps,
                roundingFloor: steps.map { _ in 0 }, eventSize: event)
        }
        guard isIndependent else { return try estimates(group.steps, group.errors) }
        return LevelEstimates(
            independent: try zip(group.steps, group.errors).map { try estimates([$0], [$1]) })
    }
}

extension ErrorTable.Group {
    fileprivate func divided(by scale: Double) -> ErrorTable.Group {
        var group = self
        for k in errors.indices { group.errors[k] = errors[k].map { $0 / scale } }
        return group
    }
}

extension LevelEstimates {
    /// Of several steps, each with paths of its own.
    fileprivate init(independent parts: [LevelEstimates]) {
        levels = parts.flatMap(\.levels)
        covariance = parts.indices.map { i in
            parts.indices.map { j in i == j ? parts[i].covariance[0][0] : 0 }
        }
        paths = parts.map(\.paths).min() ?? 0
    }
}

import NumericalMethods

/// The spike is put at the first crossing of the parabola through V at both ends of the step and dV/dt at its start,
///
///     p(x) = V_0 + x h V̇_0 + x² (V_1 - V_0 - h V̇_0),      0 < x ≤ 1,
///
/// also where V has come back below the threshold by the end of the step.  It errs by x²(1-x) h³ V'''/6 at most, less
/// than 2/81 h³ |V'''|.
///
/// Source: A. Morrison, S. Straube, H. E. Plesser, M. Diesmann, Neural Computation 19 (2007),
/// doi:10.1162/neco.2007.19.1.47, who look for it in steps that end above the threshold only.
public struct QuadraticInterpolation: SpikeRule {
    public static let name = "quadratic"
    public static let summary = "first crossing of the parabola through V at both ends and dV/dt at the start"
    public static let reset = Reset.goesOnFromSpike

    let model: NeuronModel
    let drift: Drift
    let threshold, step: Double

    public static func refusal(_ model: NeuronModel) -> String? { model.refusalOfSlopes }

    public init(model: NeuronModel, step: Double) {
        self.model = model
        threshold = model.threshold
        self.step = step
        drift = Drift(model: model)
    }

    /// The parabola stays below its Bézier control points: the ends and the one where their tangents meet.
    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        let startSlope = drift.voltage(start.voltage, start.current)
        return (end.voltage .>= threshold) .| (start.voltage + 0.5 * step * startSlope .>= threshold)
    }

    public var linearTest: CrossingTest? {
        CrossingTest(endBound: threshold, start: drift.reaches(threshold, after: 0.5 * step))
    }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        let startSlope = step * model.slope(voltage: start.voltage, current: start.current)
        let curvature = end.voltage - start.voltage - startSlope
        let roots = QuadraticEquation.roots(curvature, startSlope, start.voltage - threshold)
        // Rounding may push a root at the very end of the step out of it.
        let last = end.voltage >= threshold ? 1.0 : nil
        let inside = [(roots.count > 0, roots.first), (roots.count > 1, roots.second)].first {
            $0 && $1 > 0 && $1 <= 1
        }?.1
        guard let fraction = inside ?? last else { return nil }
        // A slope of zero, at a tangential crossing, would make the saltation factor infinite.
        let speed = max((startSlope + 2 * curvature * fraction) / step, .leastNormalMagnitude)
        return (fraction, speed)
    }
}

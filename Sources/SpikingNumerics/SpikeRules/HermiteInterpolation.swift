import NumericalMethods

/// The spike is put at the first crossing of the cubic Hermite interpolant through V and dV/dt at both ends of the
/// step, also where V has come back below the threshold by the end of it.
///
/// Source: M. Shelley, L. Tao, J. Comput. Neurosci. 11 (2001), doi:10.1023/A:1012885314187.
public struct HermiteInterpolation: SpikeRule {
    public static let name = "hermite"
    public static let summary = "first crossing of the cubic through V and dV/dt at both ends"
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

    /// An interpolant that rises above both ends must rise above its start and fall towards its end, and it stays below
    /// its Bézier control points.
    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        let startSlope = drift.voltage(start.voltage, start.current)
        let endSlope = drift.voltage(end.voltage, end.current)
        let third = step / 3
        let first = start.voltage + third * startSlope
        let second = end.voltage - third * endSlope
        return (end.voltage .>= threshold) .| (first .>= threshold) .| (second .>= threshold)
    }

    public var linearTest: CrossingTest? {
        CrossingTest(
            endBound: threshold, start: drift.reaches(threshold, after: step / 3),
            end: drift.reaches(threshold, after: -step / 3))
    }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        let cubic = HermiteCubic(
            start: start.voltage - threshold, end: end.voltage - threshold,
            startSlope: step * model.slope(voltage: start.voltage, current: start.current),
            endSlope: step * model.slope(voltage: end.voltage, current: end.current))
        guard let fraction = cubic.firstUpwardRoot() else { return nil }
        // A slope of zero, at a tangential crossing, would make the saltation factor infinite.
        let speed = max(cubic.slope(fraction) / step, .leastNormalMagnitude)
        return (fraction, speed)
    }
}

/// The cubic on [0, 1] with given values and slopes at the ends.
struct HermiteCubic {
    let start, end, startSlope, quadratic, cubic: Double

    init(start: Double, end: Double, startSlope: Double, endSlope: Double) {
        (self.start, self.end) = (start, end)
        self.startSlope = startSlope
        quadratic = 3 * (end - start) - 2 * startSlope - endSlope
        cubic = startSlope + endSlope - 2 * (end - start)
    }

    func value(_ x: Double) -> Double { start + x * (startSlope + x * (quadratic + x * cubic)) }

    func slope(_ x: Double) -> Double { startSlope + x * (2 * quadratic + x * 3 * cubic) }

    /// The smallest x in (0, 1] at which the cubic, negative at 0, reaches 0; nil where it does not.
    func firstUpwardRoot() -> Double? {
        // Between the extrema the cubic is monotone, so the first piece that ends above 0 has the one root wanted.
        let (extrema, first, second) = QuadraticEquation.roots(3 * cubic, 2 * quadratic, startSlope)
        var low = 0.0
        for high in [extrema > 0 ? first : 1, extrema > 1 ? second : 1, 1] where high > low && high <= 1 {
            // Rounding may push a root at the very end out of it.
            if (high == 1 ? end : value(high)) >= 0 { return root(between: low, and: high) }
            low = high
        }
        return nil
    }

    /// Newton's method kept inside a bracket by bisection; the function is negative at `low` and not at `high`.
    private func root(between low: Double, and high: Double) -> Double {
        var (low, high) = (low, high)
        let (start, end) = (value(low), value(high))
        var x = low + (high - low) * (start / (start - end))
        for _ in 0..<100 {
            let (value, slope) = (value(x), slope(x))
            if value >= 0 { high = x } else { low = x }
            let step = value / slope
            var next = x - step
            if !(next > low && next < high) {
                next = low + (high - low) / 2
                if next <= low || next >= high { break }
                x = next
                continue
            }
            x = next
            // What is left is about f''/(2 f') times the square of the step.
            let bend = 2 * quadratic + 6 * cubic * x
            if abs(bend) * step * step <= abs(slope) * x.ulp || abs(step) <= x.ulp { break }
        }
        return min(max(x, .leastNormalMagnitude), 1)
    }
}

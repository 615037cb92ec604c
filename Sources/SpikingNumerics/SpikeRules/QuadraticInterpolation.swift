/// The spike is put at the first crossing of the parabola through V at both ends of the step and dV/dt at its start, also
/// where V has come back below the threshold by the end of it.
///
/// Source: M. Shelley, L. Tao, J. Comput. Neurosci. 11 (2001), doi:10.1023/A:1012885314187.
public struct QuadraticInterpolation: SpikeRule {
    public static let name = "quadratic"
    public static let summary = "first crossing of the parabola through V at both ends and dV/dt at the start"
    public static let keepsOvershoot = true

    let model: CurrentLIF
    let threshold, step, membraneRate, drift: Double

    public init(model: CurrentLIF, step: Double) {
        self.model = model
        threshold = model.threshold
        self.step = step
        membraneRate = 1 / model.membraneTimeConstant
        drift = model.restingPotential * membraneRate + model.drive
    }

    /// The parabola stays below its Bézier control points: the ends, and the start carried on for half a step.
    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        let slope = drift - membraneRate * start.voltage + start.current
        return (end.voltage .>= threshold) .| (start.voltage + (0.5 * step) * slope .>= threshold)
    }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        let rise = end.voltage - start.voltage
        let slope = step * model.slope(voltage: start.voltage, current: start.current)
        let parabola = HermiteCubic(
            start: start.voltage - threshold, end: end.voltage - threshold, startSlope: slope,
            endSlope: 2 * rise - slope)
        guard let fraction = parabola.firstUpwardRoot() else { return nil }
        return (fraction, max(parabola.slope(fraction) / step, .leastNormalMagnitude))
    }
}

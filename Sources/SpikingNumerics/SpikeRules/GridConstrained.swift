/// The spike is put at the end of the step in which V has reached the threshold; V is set to V_r there and the
/// overshoot is dropped.  The rule of most simulators.
public struct GridConstrained: SpikeRule {
    public static let name = ""
    public static let summary = "spike at the end of the step; V := V_r there"
    public static let reset = Reset.dropsOvershoot
    public static let looksAtGridPointsOnly = true

    let model: NeuronModel
    let threshold, step: Double

    public init(model: NeuronModel, step: Double) {
        self.model = model
        threshold = model.threshold
        self.step = step
    }

    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        end.voltage .>= threshold
    }

    public var linearTest: CrossingTest? { CrossingTest(endBound: threshold) }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        guard end.voltage >= threshold else { return nil }
        return (1, model.chordSpeed(from: start.voltage, to: end.voltage, step: step))
    }
}

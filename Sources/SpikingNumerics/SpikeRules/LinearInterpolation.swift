/// The spike is put where the straight line between the ends of the step meets the threshold.
///
/// Source: D. Hansel, G. Mato, C. Meunier, L. Neltner, Neural Computation 10 (1998),
/// doi:10.1162/089976698300017845.
public struct LinearInterpolation: SpikeRule {
    public static let name = "linear"
    public static let summary = "spike where the line between the step's ends meets V_th"
    public static let reset = Reset.goesOnFromSpike

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
        let fraction = (threshold - start.voltage) / (end.voltage - start.voltage)
        return (fraction, model.chordSpeed(from: start.voltage, to: end.voltage, step: step))
    }
}

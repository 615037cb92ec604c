/// The spike is put at the end of the step in which V has reached the threshold, and V_th - V_r is subtracted from V: the
/// overshoot is kept.  The "soft" or "subtractive" reset of spiking neural networks.
///
/// Source: J. K. Eshraghian et al., Proc. IEEE 111 (2023), doi:10.1109/JPROC.2023.3308088.
public struct SoftReset: SpikeRule {
    public static let name = "soft-reset"
    public static let summary = "spike at the end of the step; V_th - V_r subtracted from V there"
    public static let reset = Reset.subtractsHeight

    private let rule: GridConstrained

    public init(model: NeuronModel, step: Double) {
        rule = GridConstrained(model: model, step: step)
    }

    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        rule.mayCross(from: start, to: end)
    }

    public var linearTest: CrossingTest? { rule.linearTest }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        rule.crossing(from: start, to: end)
    }
}

/// A step whose ends both lie below the threshold has crossed it with the probability that the Brownian bridge between them has,
/// exp(-2 (V_th - V_0)(V_th - V_1)/(σ² h)), decided by a uniform number of its own; the spike is put at the end of the step, and V is set
/// to V_r there.
///
/// The law is that of ``BridgeCrossing``, but nothing ties the decision to the path, so paths stay less close to the reference's.
///
/// Source: R. Mannella, Phys. Lett. A 254 (1999), doi:10.1016/S0375-9601(99)00117-6; P. Glasserman, "Monte Carlo Methods in
/// Financial Engineering", Springer 2003, chapter 6.4, doi:10.1007/978-0-387-21617-1.
public struct BridgeCoin: SpikeRule {
    public static let name = "bridge-coin"
    public static let summary =
        "white noise in V: grid-constrained, and crossings inside the step by a coin of their probability"
    public static let reset = Reset.dropsOvershoot

    private let rule: GridConstrained
    private let test: BridgeTest
    private let bridge: VoltageBridge
    private let threshold: Double

    public static func refusal(_ model: NeuronModel) -> String? { model.refusalOfWhiteNoiseCorrections }

    public init(model: NeuronModel, step: Double) {
        rule = GridConstrained(model: model, step: step)
        bridge = VoltageBridge(model: model, width: step)
        threshold = model.threshold
        test = BridgeTest(threshold: threshold, variance: bridge.variance)
    }

    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        test.mayCross(from: start, to: end)
    }

    public var linearTest: CrossingTest? { test.linearTest }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        rule.crossing(from: start, to: end)
    }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        noise: CellNoise, lane: Int, dice: () -> CellDice
    ) -> (fraction: Double, speed: Double)? {
        if let seen = rule.crossing(from: start, to: end) { return seen }
        guard bridge.variance > 0, start.voltage < threshold,
            bridge.isHit(from: threshold - start.voltage, to: threshold - end.voltage, dice().height)
        else { return nil }
        return (1, .infinity)
    }
}

import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A step crosses the threshold with the probability that the Ornstein-Uhlenbeck bridge between its ends has, and does so at a time
/// drawn from the law of the bridge's first hit; from there V goes on from V_r.
///
/// What decides is the area between path and chord, as in ``BridgeCrossing``, here what the time integral of V has beyond its
/// mean given both ends, which is normal and independent of them.  With `exact-propagator`, under constant drive and without a
/// refractory period, spikes then have the law of the true process, up to crossings after a reset within the same step and to the
/// threshold's bending beside the chord, O(h²/τ_m²).
///
/// Source: R. Mannella, Phys. Lett. A 254 (1999), doi:10.1016/S0375-9601(99)00117-6; M. T. Giraudo, L. Sacerdote, Commun. Stat.
/// Simul. Comput. 28 (1999), doi:10.1080/03610919908813596.
public struct BridgeHitting: SpikeRule {
    public static let name = "bridge-hitting"
    public static let summary =
        "white noise in V: crossings inside the step by their probability, at a time by the law of the first hit"
    public static let reset = Reset.goesOnFromSpike
    public static let noise = NoiseContent.propagation

    private let test: BridgeTest
    private let bridge: VoltageBridge
    private let threshold: Double
    /// What of the integral's functional is due to that of V, and the standard deviation of the rest.
    private let slope, deviation: Double

    public static func refusal(_ model: NeuronModel) -> String? {
        reasons(
            model.refusalOfWhiteNoiseCorrections,
            model.nonlinearity == nil
                ? nil : "it has the hitting law of a leaky neuron, and this one is nonlinear")
    }

    public init(model: NeuronModel, step: Double) {
        bridge = VoltageBridge(model: model, width: step)
        threshold = model.threshold
        test = BridgeTest(threshold: threshold, variance: bridge.variance)
        (slope, deviation) = Self.area(model, step: step)
    }

    private static func area(_ model: NeuronModel, step: Double) -> (slope: Double, deviation: Double) {
        let rates = Array(LinearFunctionals(model).rates.prefix(2))
        do {
            let factor = try LinearFunctionals(rates: rates).choleskyFactor(step)
            return (factor[1, 0] / factor[0, 0], factor[1, 1])
        } catch {
            preconditionFailure("a QR factorisation fails on its sizes alone: \(error)")
        }
    }

    @inline(__always)
    public func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        test.mayCross(from: start, to: end)
    }

    public var linearTest: CrossingTest? { test.linearTest }

    /// Where nobody knows the noise: on a straight line.
    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)? {
        guard end.voltage >= threshold else { return nil }
        guard start.voltage < threshold else { return (.leastNonzeroMagnitude, .infinity) }
        return ((threshold - start.voltage) / (end.voltage - start.voltage), .infinity)
    }

    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        noise: CellNoise, lane: Int, dice: () -> CellDice
    ) -> (fraction: Double, speed: Double)? {
        let (a, b) = (threshold - start.voltage, threshold - end.voltage)
        guard a > 0, bridge.variance > 0 else { return crossing(from: start, to: end) }
        let area = (noise.n1[lane] - slope * noise.n0[lane]) / deviation
        guard bridge.isHit(from: a, to: b, NormalDistribution.above(area)) else { return nil }
        return (max(.leastNonzeroMagnitude, bridge.hittingFraction(from: a, to: b, dice())), .infinity)
    }
}

import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// A step whose ends both lie below the threshold has crossed it with the probability that the Brownian bridge between
/// them has, exp(-2 (V_th - V_0)(V_th - V_1)/(σ² h)); the spike is put at the end of the step, and V is set to V_r there.
/// For white noise in V, where it takes the weak order of rates from 1/2 to 1.
///
/// What decides is the path itself: its area between chord and path, ∫ (W_s - s ΔW/h) ds, which is normal, independent of
/// ΔW, and large where the bridge went high.  A crossing is found where the area is among its largest values, of the
/// crossing's probability together, so the law is that of a coin thrown for every step, and the run stays close to its
/// path.  (For schemes whose end of step is not a multiple of ΔW the area is independent of it up to O(h/τ_m).)
///
/// Source: P. Glasserman, "Monte Carlo Methods in Financial Engineering", Springer 2003, chapter 6.4,
/// doi:10.1007/978-0-387-21617-1; E. Gobet, Stochastic Process. Appl. 87 (2000), doi:10.1016/S0304-4149(99)00109-X.
public struct BridgeCrossing: SpikeRule {
    public static let name = "bridge-crossing"
    public static let summary =
        "white noise in V: grid-constrained, and crossings inside the step by their probability"
    public static let reset = Reset.dropsOvershoot
    public static let noise = NoiseContent.integrals

    private let rule: GridConstrained
    private let test: BridgeTest
    private let threshold, step, stepVariance: Double
    private let brownian: BrownianIncrements

    public static func refusal(_ model: NeuronModel) -> String? { model.refusalOfWhiteNoiseCorrections }

    public init(model: NeuronModel, step: Double) {
        rule = GridConstrained(model: model, step: step)
        threshold = model.threshold
        self.step = step
        stepVariance = model.voltageNoise * model.voltageNoise * step
        test = BridgeTest(threshold: threshold, variance: stepVariance)
        brownian = BrownianIncrements(model: model)
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
        noise: CellNoise, lane: Int
    ) -> (fraction: Double, speed: Double)? {
        if let seen = rule.crossing(from: start, to: end) { return seen }
        let product = (threshold - start.voltage) * (threshold - end.voltage)
        guard stepVariance > 0, start.voltage < threshold,
            NormalDistribution.above(area(noise)[lane]) < exp(-2 * product / stepVariance)
        else { return nil }
        return (1, .infinity)
    }

    /// ∫ (W_s - s ΔW/h) ds over its standard deviation √(h³/12).
    private func area(_ noise: CellNoise) -> Lanes {
        (brownian.integral(noise) - 0.5 * step * brownian.increment(noise))
            / (step * (step / 12).squareRoot())
    }
}

/// How a step is searched for a threshold crossing, where in the step the spike is put, and what the reset does.
public protocol SpikeRule: Sendable {
    /// The suffix of an integrator's name; empty for the grid-constrained rule.
    static var name: String { get }
    static var summary: String { get }
    static var reset: Reset { get }
    /// What the rule takes of the noise.
    static var noise: NoiseContent { get }

    /// Whether it compares V with the threshold at the ends of steps, and with nothing else.
    static var looksAtGridPointsOnly: Bool { get }

    /// Why the rule makes no sense for this neuron; nil where it does.
    static func refusal(_ model: NeuronModel) -> String?

    /// - Parameter step: h in ms.
    init(model: NeuronModel, step: Double)

    /// The lanes that `crossing` has to look at; a cheap test that may be too cautious, never too bold.
    func mayCross(from start: LaneState, to end: LaneState) -> LaneMask

    /// The same test on a linear neuron, or one still more cautious, in numbers, so that many steps can be taken at once
    /// until it says yes; nil where the rule has none.
    var linearTest: CrossingTest? { get }

    /// The first crossing in a step from (V, I) to (V, I): the fraction of the step at which it lies, in (0, 1], and
    /// its speed in V-units/ms, infinite where V has none.  Nil where there is no crossing.
    func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)?

    /// The same for rules that ask what the noise did inside the step, beyond bringing V and I to its end.
    func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        noise: CellNoise, lane: Int
    ) -> (fraction: Double, speed: Double)?

    /// The same for rules that throw dice of their own, one throw a step and path.
    func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        noise: CellNoise, lane: Int, dice: () -> CellDice
    ) -> (fraction: Double, speed: Double)?
}

/// What becomes of V at the end of a step with a spike in it.
public enum Reset: Sendable {
    /// V_r: what the step had gained beyond the threshold is dropped.
    case dropsOvershoot
    /// V_r at the spike, and from there to the end of the step.
    case goesOnFromSpike
    /// V - (V_th - V_r), the soft reset of spiking neural networks.
    case subtractsHeight
}

extension SpikeRule {
    public static var noise: NoiseContent { .increments }

    public static var looksAtGridPointsOnly: Bool { false }

    public static func refusal(_ model: NeuronModel) -> String? { nil }

    public var linearTest: CrossingTest? { nil }

    @inline(__always)
    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        noise: CellNoise, lane: Int
    ) -> (fraction: Double, speed: Double)? {
        crossing(from: start, to: end)
    }

    @inline(__always)
    public func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        noise: CellNoise, lane: Int, dice: () -> CellDice
    ) -> (fraction: Double, speed: Double)? {
        crossing(from: start, to: end, noise: noise, lane: lane)
    }
}

extension NeuronModel {
    /// What rules say that need a slope of V, where noise acts on V itself.
    var refusalOfSlopes: String? {
        voltageNoise > 0 ? "under white noise V has no slope to interpolate with" : nil
    }

    /// What corrections for white noise in V say, where there is none.
    var refusalOfWhiteNoiseCorrections: String? {
        noiseEntry == .current
            ? "it corrects for crossings that white noise in V hides between grid points; here the noise acts on I, "
                + "and V is smooth"
            : nil
    }

    /// The speed at which a step's chord crosses; under white noise V has none.
    func chordSpeed(from start: Double, to end: Double, step: Double) -> Double {
        voltageNoise > 0 ? .infinity : (end - start) / step
    }
}

/// How a step is searched for a threshold crossing, where in the step the spike is put, and what the reset keeps.
public protocol SpikeRule: Sendable {
    /// The suffix of an integrator's name; empty for the grid-constrained rule.
    static var name: String { get }
    static var summary: String { get }

    /// Whether V after the reset keeps what the step had gained beyond the threshold.  Rules that put every spike on
    /// the grid drop it.
    static var keepsOvershoot: Bool { get }

    /// - Parameter step: h in ms.
    init(model: CurrentLIF, step: Double)

    /// The lanes that `crossing` has to look at; a cheap test that may be too cautious, never too bold.
    func mayCross(from start: LaneState, to end: LaneState) -> LaneMask

    /// The first crossing in a step from (V, I) to (V, I): the fraction of the step at which it lies, in (0, 1], and
    /// its speed in V-units/ms.  Nil where there is none.
    func crossing(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double)
    ) -> (fraction: Double, speed: Double)?
}

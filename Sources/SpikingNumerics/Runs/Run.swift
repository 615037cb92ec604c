/// A spike of one neuron on one path.
public struct Spike: Hashable, Sendable {
    /// ms.
    public var time: Double
    /// dV/dt just before the reset, in V-units/ms; infinite where a jump of V made the spike.
    public var crossingSpeed: Double

    @inlinable
    public init(time: Double, crossingSpeed: Double) {
        self.time = time
        self.crossingSpeed = crossingSpeed
    }
}

/// One integrator at work on eight paths of a network.
///
/// A run is started once per group of paths and then advanced through one window of noise after the other.
public protocol Run: AnyObject {
    /// Forgets everything and begins at time 0 with one state per neuron.
    func start(_ states: [LaneState])

    /// Takes what arrives from outside in a window, before any neuron is integrated through it.
    ///
    /// - Parameter windows: Of each neuron.
    func begin(_ windows: [NoiseWindow])

    /// Integrates neurons through the window that has been begun: all of them, or where no spike can come back in a window one
    /// group after the other.
    ///
    /// - Parameters:
    ///   - neurons: Those whose noise there is.
    ///   - windows: Of each neuron.
    /// - Throws: `SimulationError`.
    func advance(_ neurons: Range<Int>, through windows: [NoiseWindow]) throws(SimulationError)

    /// V of each neuron at those record points of the last window that the run's steps meet, in order.
    var recordedVoltages: [[Lanes]] { get }

    /// The same of one neuron, without a copy.
    func withRecordedVoltages(neuron: Int, _ body: (UnsafeBufferPointer<Lanes>) -> Void)

    /// The state after the last window; a Lyapunov twin sets it.
    func state(neuron: Int) -> LaneState
    func setState(_ state: LaneState, neuron: Int)

    /// What the neuron's receptors hold after the last window: their currents, and where any rises what makes them rise; nothing at
    /// the start.
    func receptors(neuron: Int) -> [Lanes]
    func setReceptors(_ lanes: [Lanes], neuron: Int)

    /// The spikes since the start, in order of time.
    func spikes(neuron: Int, lane: Int) -> [Spike]
}

extension Run {
    public func begin(_ windows: [NoiseWindow]) {}

    public func receptors(neuron: Int) -> [Lanes] { [] }

    public func setReceptors(_ lanes: [Lanes], neuron: Int) {
        precondition(lanes.isEmpty, "a run without receptors")
    }

    public func withRecordedVoltages(neuron: Int, _ body: (UnsafeBufferPointer<Lanes>) -> Void) {
        recordedVoltages[neuron].withUnsafeBufferPointer(body)
    }
}

/// Why a simulation cannot go on.
public enum SimulationError: Error, CustomStringConvertible {
    /// Spikes make spikes at the same instant without end.
    case avalanche(neuron: Int, time: Double)
    /// Whoever wanted it wants it no more.
    case interrupted

    public var description: String {
        switch self {
        case .avalanche(let neuron, let time):
            "neuron \(neuron) fires again and again at t = \(time) ms: its spikes come back to it without delay; "
                + "give synapses a delay, neurons a refractory period, or smaller weights"
        case .interrupted: "stopped before its end"
        }
    }
}

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

    /// Integrates all neurons through a window.
    ///
    /// - Parameter windows: The noise of each neuron.
    /// - Throws: `SimulationError`.
    func advance(through windows: [NoiseWindow]) throws(SimulationError)

    /// V of each neuron at those record points of the last window that the run's steps meet, in order.
    var recordedVoltages: [[Lanes]] { get }

    /// The state after the last window; a Lyapunov twin sets it.
    func state(neuron: Int) -> LaneState
    func setState(_ state: LaneState, neuron: Int)

    /// The spikes since the start, in order of time.
    func spikes(neuron: Int, lane: Int) -> [Spike]
}

/// Why a simulation cannot go on.
public enum SimulationError: Error, CustomStringConvertible {
    /// Spikes make spikes at the same instant without end.
    case avalanche(neuron: Int, time: Double)

    public var description: String {
        switch self {
        case .avalanche(let neuron, let time):
            "neuron \(neuron) fires again and again at t = \(time) ms: its spikes come back to it without delay; "
                + "give synapses a delay, neurons a refractory period, or smaller weights"
        }
    }
}

/// The noise of one neuron on eight paths in one cell of its Brownian tree, refined as far as any run needs it, and what
/// reaches the neuron from outside the network.
public struct NoiseWindow {
    public let tree: BrownianTree
    public internal(set) var stream: BrownianTree.Stream
    /// Level of the window's own cell, and its place among the cells of that level in its root cell.
    public let level: Int
    public internal(set) var index: Int
    /// Heap order: 1 is the window's cell, 2k and 2k+1 are the halves of k.
    public let cells: UnsafePointer<CellNoise>
    public internal(set) var start: Int
    /// The end of the window or of the simulation, whichever comes first, in ticks.
    public internal(set) var end: Int
    /// Runs record V at multiples of this, in ticks.
    public let recordInterval: Int
    public let grid: TimeGrid
    /// What reaches the neuron on each path from outside its network; empty where nothing ever does.
    public internal(set) var arrivals: [[Arrival]]

    /// The cells of a level in order of time.
    @inlinable
    public func cells(level: Int) -> UnsafePointer<CellNoise> {
        cells + (1 << (level - self.level))
    }

    /// How many cells of a level lie between start and end.
    @inlinable
    public func count(level: Int) -> Int {
        (end - start) / TimeGrid.ticks(level: level)
    }

    /// Length in ms.
    public var duration: Double { grid.time(end) - grid.time(start) }
}

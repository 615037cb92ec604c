/// A spike of one neuron on one path.
public struct Spike: Hashable, Sendable {
    /// ms.
    public var time: Double
    /// dV/dt just before the reset, in V-units/ms.
    public var crossingSpeed: Double

    @inlinable
    public init(time: Double, crossingSpeed: Double) {
        self.time = time
        self.crossingSpeed = crossingSpeed
    }
}

/// One integrator at work on eight paths of a network.
///
/// A run is started once per group of paths and then advanced neuron by neuron through one window of noise after the
/// other; neurons are visited in ascending order, so that a feedforward input is there before it is needed.
public protocol Run: AnyObject {
    /// Forgets everything and begins at time 0 with one state per neuron.
    func start(_ states: [LaneState])

    /// Integrates one neuron through a window.
    func advance(neuron: Int, through window: NoiseWindow)

    /// V at those record points of the last window that `advance` reached, in order.
    var recordedVoltages: [Lanes] { get }

    /// The state after the last window; a Lyapunov twin sets it.
    func state(neuron: Int) -> LaneState
    func setState(_ state: LaneState, neuron: Int)

    /// The spikes since the start, in order of time.
    func spikes(neuron: Int, lane: Int) -> [Spike]
}

/// The noise of one neuron on eight paths in one cell of the Brownian tree, refined as far as any run needs it.
public struct NoiseWindow {
    public let tree: BrownianTree
    public let stream: BrownianTree.Stream
    /// Level of the window's own cell, and its place among the cells of that level in its root cell.
    public let level: Int
    public let index: Int
    /// Heap order: 1 is the window's cell, 2k and 2k+1 are the halves of k.
    public let cells: UnsafePointer<CellNoise>
    public let start: Int
    /// The end of the window or of the simulation, whichever comes first, in ticks.
    public let end: Int
    /// Runs record V at multiples of this, in ticks.
    public let recordInterval: Int
    public let grid: TimeGrid

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
}

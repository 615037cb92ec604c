/// The noise of one neuron on eight paths in one cell of its Brownian tree, or in consecutive root cells, refined as far as
/// any run needs it, and what reaches the neuron from outside the network.
public struct NoiseWindow {
    /// Where the noise of a neuron on eight paths comes from.
    struct Source {
        var generator: Philox
        var firstPath: UInt32
        var neuron: Int

        /// What a leaf of the tree decides by, beside its noise.
        func dice(lane: Int, rootCell: Int, leaf: Int) -> CellDice {
            CellDice(
                .leaf, noise: generator, path: firstPath + UInt32(lane), rootCell: rootCell, neuron: neuron,
                cell: leaf)
        }
    }

    public let tree: BrownianTree
    let content: NoiseContent
    /// What names the noise, but for the root cell.
    var source: Source
    /// Level of the window's own cell; -k for one of 2^k root cells.
    public let level: Int
    /// Heap order: 1 is the window's cell, 2k and 2k+1 are the halves of k; above root cells places are empty.
    let heap: UnsafePointer<Lanes>
    public internal(set) var start: Int
    /// The end of the window or of the simulation, whichever comes first, in ticks.
    public internal(set) var end: Int
    /// When nothing is to come any more, ms.
    var simulationEnd = Double.infinity
    /// Runs record V at multiples of this, in ticks.
    public let recordInterval: Int
    public let grid: TimeGrid
    /// What reaches the neuron on each path from outside its network; empty where nothing ever does.
    public internal(set) var arrivals: [[Arrival]]
    private let firstRate: Double

    init(
        model: NeuronModel, tree: BrownianTree, content: NoiseContent,
        source: Source, level: Int, heap: UnsafePointer<Lanes>,
        recordInterval: Int, grid: TimeGrid
    ) {
        self.tree = tree
        self.content = content
        self.source = source
        self.level = level
        self.heap = heap
        (start, end, arrivals) = (0, 0, [])
        self.recordInterval = recordInterval
        self.grid = grid
        firstRate = BrownianIncrements(model: model).firstRate
    }

    /// The cells of a level in order of time.
    public func cells(level: Int) -> CellSequence {
        let first = heap + content.functionalCount << (level - self.level)
        return CellSequence(first, content: content, firstRate: firstRate)
    }

    /// How many cells of a level lie between start and end.
    public func count(level: Int) -> Int {
        (end - start) / TimeGrid.ticks(level: level)
    }

    /// Which of its steps at a level end at a record point.
    func recordPoints(level: Int) -> RecordPoints {
        RecordPoints(start..<end, interval: recordInterval, level: level)
    }

    /// Where in the tree the cell with this first tick is.
    func place(level: Int, tick: Int) -> (stream: BrownianTree.Stream, index: Int) {
        let (rootCell, rest) = tick.quotientAndRemainder(dividingBy: TimeGrid.ticksPerRootCell)
        let stream = BrownianTree.Stream(
            source.generator, firstPath: source.firstPath, neuron: source.neuron, rootCell: rootCell)
        return (stream, rest / TimeGrid.ticks(level: level))
    }

    /// Length in ms.
    public var duration: Double { grid.time(end - start) }
}

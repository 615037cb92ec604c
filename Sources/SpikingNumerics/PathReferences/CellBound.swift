import CLanes

/// How one kind of neuron goes through cells of one width, and when a cell cannot hold a spike.
///
/// A bound that says no is allowed to be too cautious; one that says yes is wrong with a probability below 1e-17.
package protocol CellBound: Sendable {
    /// - Parameter width: Of the cells, in ms.
    init(model: NeuronModel, width: Double)

    /// The longest cell that is fast to take, ms.
    static func fastestWidth(_ problem: Problem) -> Double

    /// The cells that are not split any more.
    ///
    /// - Parameter baseLevel: The cells that are taken first.
    static func leafLevel(_ problem: Problem, forest: BrownianForest, baseLevel: Int) -> Int

    /// Takes a cell on eight paths; the result has the lanes that may cross the threshold in it.
    ///
    /// - Parameters:
    ///   - drive: What has been added to μ on each path.
    ///   - lift: By how much V may come higher than with this drive.
    func advance(_ state: inout LaneState, drive: Lanes, lift: Lanes, noise: CellNoise) -> LaneMask

    /// Takes cells as `advance` does, bit for bit, until one that a path may cross the threshold in.
    ///
    /// - Parameters:
    ///   - noise: Of these cells, so many functionals each.
    ///   - first: The number of the first cell; V after each whose number plus one is a multiple of `stride` is recorded.
    ///   - before: Becomes the state before that cell.
    ///   - suspects: Become the paths that may.
    /// - Returns: How many cells came before it, or `count`.
    func advance(
        _ state: UnsafeMutablePointer<LaneState>, drive: UnsafePointer<Lanes>, noise: UnsafePointer<Double>,
        functionals: Int, count: Int, first: Int, stride: Int, before: inout LaneState,
        suspects: inout LaneSet, into recorded: UnsafeMutablePointer<Lanes>?
    ) -> Int

    /// Takes consecutive neurons through one cell each.
    ///
    /// - Parameters:
    ///   - states: Become those at the cell's end, of the first of them and the others behind it; `starts` has those at its beginning.
    ///   - noise: Of the first neuron's cell; the next one's is `stride` functionals on eight paths further on.
    ///   - suspects: Become for each neuron a bit for every path that may cross the threshold.
    func advance(
        neurons: Int, _ states: UnsafeMutablePointer<LaneState>, from starts: UnsafePointer<LaneState>,
        drives: UnsafePointer<Lanes>, noise: UnsafePointer<Lanes>, functionals: Int, stride: Int,
        suspects: UnsafeMutablePointer<UInt8>)

    /// The end of a cell on one path, without inputs.
    ///
    /// - Parameter noise: The cell's functionals on eight paths.
    func propagate(
        voltage: Double, current: Double, drive: Double, noise: UnsafePointer<Lanes>, lane: Int
    ) -> (voltage: Double, current: Double)

    /// Whether V stays below the threshold inside a cell with these ends, whatever arrivals have lifted it by up to `lift`.
    func staysBelow(
        from start: (voltage: Double, current: Double), to end: (voltage: Double, current: Double),
        drive: Double, lift: Double
    ) -> Bool

    /// Takes a walk through a leaf.
    ///
    /// - Parameter end: What `propagate` finds.
    static func passLeaf(
        _ walk: inout CellWalk<Self>, to end: (voltage: Double, current: Double), startTick: Int
    )
}

extension CellBound {
    @inline(__always)
    package func advance(
        neurons: Int, _ states: UnsafeMutablePointer<LaneState>, from starts: UnsafePointer<LaneState>,
        drives: UnsafePointer<Lanes>, noise: UnsafePointer<Lanes>, functionals: Int, stride: Int,
        suspects: UnsafeMutablePointer<UInt8>
    ) {
        var before = LaneState(voltage: .zero, current: .zero)
        for neuron in 0..<neurons {
            states[neuron] = starts[neuron]
            var found = LaneSet()
            // One cell, after which nothing is recorded.
            _ = advance(
                states + neuron, drive: drives + neuron,
                noise: UnsafeRawPointer(noise + neuron * stride).assumingMemoryBound(to: Double.self),
                functionals: functionals, count: 1, first: 0, stride: 2, before: &before, suspects: &found,
                into: nil)
            suspects[neuron] = UInt8(found.bits)
        }
    }
}

extension [NeuronModel] {
    /// The shortest of all τ_m, τ_s and time constants of receptors, ms.
    package var shortestTimeConstant: Double {
        map { model in
            model.receptors.map(\.shortestTimeConstant).reduce(
                Swift.min(model.membraneTimeConstant, model.synapticTimeConstant), Swift.min)
        }.min()!
    }
}

/// What drives all runs alike: the noise of each window, and input from outside the network.
extension CoupledSimulation {
    /// One window per neuron, with its buffer; what changes from window to window is filled in by `drawWindows`.
    static func emptyWindows(
        _ problem: Problem, forest: BrownianForest, levels: (window: Int, finest: Int), recordLevel: Int,
        cells: UnsafeMutableBufferPointer<CellNoise>
    ) -> [NoiseWindow] {
        let size = 2 << (levels.finest - levels.window)
        return (0..<problem.network.neuronCount).map { neuron in
            NoiseWindow(
                tree: forest[neuron: neuron],
                stream: BrownianTree.Stream(
                    Philox(seed: 0, purpose: .pathNoise), firstPath: 0, neuron: neuron, rootCell: 0),
                level: levels.window, index: 0, cells: UnsafePointer(cells.baseAddress! + neuron * size),
                start: 0, end: 0, recordInterval: TimeGrid.ticks(level: recordLevel), grid: forest.grid,
                arrivals: [])
        }
    }

    /// The noise of all neurons in one window, refined to the finest level.
    func drawWindows(_ generator: Philox, from start: Int, to end: Int, firstPath: Int) {
        let index = start % TimeGrid.ticksPerRootCell / TimeGrid.ticks(level: levels.window)
        let depth = levels.finest - levels.window
        let size = 2 << depth
        for neuron in windows.indices {
            let stream = BrownianTree.Stream(
                generator, firstPath: UInt32(firstPath), neuron: neuron,
                rootCell: start / TimeGrid.ticksPerRootCell)
            windows[neuron].tree.refine(
                stream, level: levels.window, index: index, depth: depth,
                into: UnsafeMutableBufferPointer(rebasing: cells[neuron * size..<(neuron + 1) * size]))
            windows[neuron].stream = stream
            windows[neuron].index = index
            windows[neuron].start = start
            windows[neuron].end = end
            if !externalArrivals.isEmpty || !windows[neuron].arrivals.isEmpty {
                windows[neuron].arrivals = takeExternalInput(neuron: neuron, before: grid.time(end))
            }
        }
    }

    /// The windows with everything that the reference's spikes in them send, also to later windows.
    func feedReferenceSpikes() -> [NoiseWindow] {
        let start = grid.time(windows[0].start)
        var fed = windows
        for neuron in windows.indices where fed[neuron].arrivals.isEmpty {
            fed[neuron].arrivals = .init(repeating: [], count: 8)
        }
        for source in windows.indices where !problem.network.outgoing[source].isEmpty {
            for lane in 0..<8 {
                for spike in reference.spikes(neuron: source, lane: lane).reversed() {
                    guard spike.time > start else { break }
                    for synapse in problem.network.outgoing[source] {
                        fed[synapse.target].arrivals[lane].append(synapse.arrival(of: spike))
                    }
                }
            }
        }
        return fed
    }

    func startExternalInput(firstPath: Int) {
        externalArrivals =
            problem.inputs.isEmpty
            ? []
            : (0..<8 * problem.network.neuronCount).map {
                ExternalArrivals(
                    problem.inputs, neuron: $0 / 8, path: firstPath + $0 % 8, generator: externalInput)
            }
    }

    private func takeExternalInput(neuron: Int, before end: Double) -> [[Arrival]] {
        externalArrivals.isEmpty ? [] : (0..<8).map { externalArrivals[8 * neuron + $0].take(before: end) }
    }
}

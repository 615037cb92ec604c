/// What drives all runs alike: the noise of each window, and input from outside the network.
extension CoupledSimulation {
    /// One window per neuron, with its buffer; what changes from window to window is filled in by `drawWindows`.
    static func emptyWindows(
        _ problem: Problem, forest: BrownianForest, levels: (window: Int, finest: Int), recordLevel: Int,
        heaps: UnsafeMutablePointer<Lanes>
    ) -> [NoiseWindow] {
        let size = heapSize(levels, content: forest.content)
        return (0..<problem.network.neuronCount).map { neuron in
            NoiseWindow(
                model: problem.model(neuron: neuron), tree: forest[neuron: neuron], content: forest.content,
                source: (Philox(seed: 0, purpose: .pathNoise), 0, neuron), level: levels.window,
                heap: UnsafePointer(heaps + neuron * size),
                recordInterval: TimeGrid.ticks(level: recordLevel),
                grid: forest.grid)
        }
    }

    /// How many functionals on eight paths a neuron's heap has room for.
    static func heapSize(_ levels: (window: Int, finest: Int), content: NoiseContent) -> Int {
        content.functionalCount * 2 << (levels.finest - levels.window)
    }

    /// The noise of all neurons in one window, refined to the finest level.
    func drawWindows(_ generator: Philox, from start: Int, to end: Int, firstPath: Int) {
        let size = Self.heapSize(levels, content: forest.content)
        for neuron in windows.indices {
            windows[neuron].source = (generator, UInt32(firstPath), neuron)
            windows[neuron].start = start
            windows[neuron].end = end
            let tree = windows[neuron].tree
            let heap = heaps + neuron * size
            let (stream, index) = windows[neuron].place(level: max(0, levels.window), tick: start)
            if levels.window > 0 {
                let depth = levels.finest - levels.window
                tree.refine(stream, level: levels.window, index: index, depth: depth, into: heap)
            } else {
                // A window of several root cells has the first of them behind the empty places above.  The last may end
                // in the midst of one.
                let count = (end - start + TimeGrid.ticksPerRootCell - 1) / TimeGrid.ticksPerRootCell
                tree.refine(
                    rootCells: count, from: stream, depth: levels.finest, place: 1 << -levels.window,
                    into: heap)
            }
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

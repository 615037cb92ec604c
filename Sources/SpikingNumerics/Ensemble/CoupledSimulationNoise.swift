/// What drives all runs alike: the noise of each window, and input from outside the network.
extension CoupledSimulation {
    /// One window per neuron, with its buffer; what changes from window to window is filled in by `turn(to:)`.
    ///
    /// - Parameter heaps: Of the neurons of a group; all groups share them.
    static func emptyWindows(
        _ problem: Problem, forest: BrownianForest, levels: (window: Int, finest: Int), recordLevel: Int,
        heaps: UnsafeMutablePointer<Lanes>, groupSize: Int
    ) -> [NoiseWindow] {
        let size = heapSize(levels, content: forest.content)
        return (0..<problem.network.neuronCount).map { neuron in
            NoiseWindow(
                model: problem.model(neuron: neuron), tree: forest[neuron: neuron], content: forest.content,
                source: NoiseWindow.Source(
                    generator: Philox(seed: 0, purpose: .pathNoise), firstPath: 0, neuron: neuron),
                level: levels.window,
                heap: UnsafePointer(heaps + neuron % groupSize * size),
                recordInterval: TimeGrid.ticks(level: recordLevel),
                grid: forest.grid)
        }
    }

    /// How many functionals on eight paths a neuron's heap has room for.
    static func heapSize(_ levels: (window: Int, finest: Int), content: NoiseContent) -> Int {
        content.functionalCount * 2 << (levels.finest - levels.window)
    }

    /// Turns to the next window, in ticks: takes what comes into it from outside, but draws no noise yet.
    ///
    /// - Parameter last: The end of the last window.
    func turn(to window: Range<Int>, last: Int, of generator: Philox, firstPath: Int) {
        for neuron in windows.indices {
            windows[neuron].source = NoiseWindow.Source(
                generator: generator, firstPath: UInt32(firstPath), neuron: neuron)
            windows[neuron].start = window.lowerBound
            windows[neuron].end = window.upperBound
            windows[neuron].simulationEnd = grid.time(last)
            let end = grid.time(window.upperBound)
            if !externalArrivals.isEmpty, nextExternal[neuron] < end {
                windows[neuron].arrivals = takeExternalInput(neuron: neuron, before: end)
            } else if !windows[neuron].arrivals.isEmpty {
                windows[neuron].arrivals = []
            }
        }
    }

    /// Draws the noise of the window for one group of neurons after the other, refined to the finest level, and lets `body`
    /// take it while it is in cache.
    func drawNoise(_ body: (_ neurons: Range<Int>) throws(SimulationError) -> Void) throws(SimulationError) {
        for first in stride(from: 0, to: windows.count, by: groupSize) {
            if isInterrupted() { throw .interrupted }
            let neurons = first..<min(first + groupSize, windows.count)
            if drawsNoise { drawNoise(of: neurons) }
            try body(neurons)
        }
    }

    private func drawNoise(of neurons: Range<Int>) {
        if levels == (0, 0) {
            drawRoots(of: neurons)
            return
        }
        let (start, end) = (windows[0].start, windows[0].end)
        for neuron in neurons {
            let tree = windows[neuron].tree
            let heap = UnsafeMutablePointer(mutating: windows[neuron].heap)
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
        }
    }

    /// Where a window is a root cell, and nobody asks for less.
    private func drawRoots(of neurons: Range<Int>) {
        let stride = Self.heapSize(levels, content: forest.content)
        for range in likeNeurons {
            let alike = range.clamped(to: neurons)
            guard !alike.isEmpty else { continue }
            let window = windows[alike.lowerBound]
            let (stream, _) = window.place(level: 0, tick: window.start)
            // The first place of a heap is empty.
            let first = UnsafeMutablePointer(mutating: window.heap) + forest.content.functionalCount
            window.tree.roots(stream, neurons: alike.count, stride: stride, into: first)
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
        nextExternal =
            externalArrivals.isEmpty
            ? [] : (0..<problem.network.neuronCount).map(earliestExternal)
    }

    /// On any of the eight paths.
    private func earliestExternal(_ neuron: Int) -> Double {
        (0..<8).reduce(.infinity) { min($0, externalArrivals[8 * neuron + $1].nextTime) }
    }

    private func takeExternalInput(neuron: Int, before end: Double) -> [[Arrival]] {
        let taken = (0..<8).map { externalArrivals[8 * neuron + $0].take(before: end) }
        nextExternal[neuron] = earliestExternal(neuron)
        return taken
    }
}

import CLanes

/// V at record points: how far runs are from the reference, and the traces that figures draw.
extension CoupledSimulation {
    /// Σ (V - V of the reference)² over record points, and over those after half of the duration.
    struct SquaredErrors {
        var all = Lanes.zero
        var late = Lanes.zero
    }

    /// How many record points these sums have.
    struct RecordCounts {
        var all = 0
        var late = 0
    }

    /// Adds up the squared differences at the record points of the window.
    func compareRecords(from start: Int) {
        for neuron in windows.indices {
            reference.withRecordedVoltages(neuron: neuron) { exact in
                for k in compared.indices {
                    compared[k].withRecordedVoltages(neuron: neuron) { recorded in
                        compare(recorded, with: exact, run: k, neuron: neuron, from: start)
                    }
                }
            }
        }
    }

    @inline(__always)
    private func compare(
        _ recorded: UnsafeBufferPointer<Lanes>, with exact: UnsafeBufferPointer<Lanes>, run k: Int,
        neuron: Int,
        from start: Int
    ) {
        let interval = TimeGrid.ticks(level: recordLevel)
        // A step longer than the interval meets every stride-th point only.
        let level = participants[k % tested.count + 1].level
        let shift = max(1, TimeGrid.ticks(level: level) / interval).trailingZeroBitCount
        let stride = 1 << shift
        let first = stride - 1 - start / interval & (stride - 1)
        let early = earlyRecords(after: start, interval: interval << shift, of: recorded.count)
        if neuron == 0 {
            recordCounts[k].all += recorded.count
            recordCounts[k].late += recorded.count - early
        }
        guard let a = recorded.baseAddress, let b = exact.baseAddress else { return }
        // As far as both go.
        let count = min(recorded.count, max(0, (exact.count - first + stride - 1) / stride))
        var (sum, late) = (Lanes.zero, Lanes.zero)
        let split = min(early, count)
        Self.addSquaredDistances(a, b + first, stride: stride, count: split, to: &sum)
        Self.addSquaredDistances(
            a + split, b + first + split * stride, stride: stride, count: count - split, to: &late)
        squaredErrors[k * windows.count + neuron].all += sum + late
        squaredErrors[k * windows.count + neuron].late += late
    }

    private static func addSquaredDistances(
        _ a: UnsafePointer<Lanes>, _ b: UnsafePointer<Lanes>, stride: Int, count: Int, to sum: inout Lanes
    ) {
        guard count > 0 else { return }
        func doubles(_ pointer: UnsafeRawPointer) -> UnsafePointer<Double> {
            pointer.assumingMemoryBound(to: Double.self)
        }
        withUnsafeMutablePointer(to: &sum) { sum in
            lanes_add_squared_distances(
                doubles(a), doubles(b), Int32(stride), Int32(count),
                UnsafeMutableRawPointer(sum).assumingMemoryBound(to: Double.self))
        }
    }

    /// The mean over record points of the squared V error of a compared run, and over those after half of the duration; nil where
    /// it met none.
    ///
    /// - Parameter k: Among the tested runs, and then the replayed ones.
    public func meanSquaredErrors(run k: Int, neuron: Int) -> (all: Lanes?, late: Lanes?) {
        let sums = squaredErrors[k * problem.network.neuronCount + neuron]
        let counts = recordCounts[k]
        return (
            counts.all > 0 ? sums.all / Double(counts.all) : nil,
            counts.late > 0 ? sums.late / Double(counts.late) : nil
        )
    }

    /// How many of a window's records lie before half of the duration, or there.
    private func earlyRecords(after start: Int, interval: Int, of count: Int) -> Int {
        let last = durationTicks / 2 / interval
        return min(count, max(0, last - start / interval))
    }

    /// A point of a drawn path: ms and V-units.
    public struct TracePoint: Hashable, Sendable {
        public var time: Double
        public var voltage: Double

        public init(time: Double, voltage: Double) {
            self.time = time
            self.voltage = voltage
        }
    }

    /// V of one neuron on one path at the record points inside an interval (ms), by the reference and by the first
    /// tested run.
    public func recordTrace(
        path: Int, neuron: Int, within shown: ClosedRange<Double>
    ) throws(SimulationError) -> (reference: [TracePoint], tested: [TracePoint]) {
        let lane = path % 8
        let initial = try initialStates(firstPath: path - lane)[neuron].voltage[lane]
        let start = shown.contains(0) ? [TracePoint(time: 0, voltage: initial)] : []
        var traces = (reference: start, tested: start)
        let interval = TimeGrid.ticks(level: recordLevel)
        let testedInterval = max(interval, TimeGrid.ticks(level: participants[1].level))
        let end = grid.rootCell * (shown.upperBound / grid.rootCell).rounded(.up)
        try run(firstPath: path - lane, until: end) { [self] from, _ in
            func append(
                _ voltages: UnsafeBufferPointer<Lanes>, every ticks: Int, to trace: inout [TracePoint]
            ) {
                for (k, voltage) in voltages.enumerated() {
                    let time = grid.time((from / ticks + k + 1) * ticks)
                    if shown.contains(time) { trace.append(TracePoint(time: time, voltage: voltage[lane])) }
                }
            }
            reference.withRecordedVoltages(neuron: neuron) {
                append($0, every: interval, to: &traces.reference)
            }
            tested[0].withRecordedVoltages(neuron: neuron) {
                append($0, every: testedInterval, to: &traces.tested)
            }
        }
        return traces
    }
}

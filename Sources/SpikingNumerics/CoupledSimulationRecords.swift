/// V at record points: how far runs are from the reference, and the traces that figures draw.
extension CoupledSimulation {
    /// Adds up the squared differences at the record points of the window.
    func compareRecords(from start: Int) {
        let interval = TimeGrid.ticks(level: recordLevel)
        for k in compared.indices {
            // A step longer than the interval meets every stride-th point only.
            let level = participants[k % tested.count + 1].level
            let shift = max(1, TimeGrid.ticks(level: level) / interval).trailingZeroBitCount
            let stride = 1 << shift
            let first = stride - 1 - start / interval & (stride - 1)
            for neuron in windows.indices {
                compared[k].withRecordedVoltages(neuron: neuron) { recorded in
                    let early = earlyRecords(after: start, interval: interval << shift, of: recorded.count)
                    if neuron == 0 {
                        recordCounts[k] += recorded.count
                        lateRecordCounts[k] += recorded.count - early
                    }
                    reference.withRecordedVoltages(neuron: neuron) { exact in
                        let squares = Self.squaredDistances(
                            recorded, exact, first: first, stride: stride, early: early)
                        squaredErrors[k][neuron] += squares.all
                        lateSquaredErrors[k][neuron] += squares.late
                    }
                }
            }
        }
    }

    /// How many of a window's records lie before half of the duration, or there.
    private func earlyRecords(after start: Int, interval: Int, of count: Int) -> Int {
        let last = durationTicks / 2 / interval
        return min(count, max(0, last - start / interval))
    }

    /// Σ (a_j - b_(first + j stride))² as far as both go, and the part of it from j = `early` on.
    private static func squaredDistances(
        _ a: UnsafeBufferPointer<Lanes>, _ b: UnsafeBufferPointer<Lanes>, first: Int, stride: Int, early: Int
    ) -> (all: Lanes, late: Lanes) {
        func sum(_ indices: Range<Int>) -> Lanes {
            var sum = Lanes.zero
            for j in indices where first + j * stride < b.count {
                let difference = a[j] - b[first + j * stride]
                sum += difference * difference
            }
            return sum
        }
        let late = sum(early..<a.count)
        return (all: sum(0..<early) + late, late: late)
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
        try run(firstPath: path - lane) { [self] from, _ in
            func append(_ voltages: [Lanes], every ticks: Int, to trace: inout [TracePoint]) {
                for (k, voltage) in voltages.enumerated() {
                    let time = grid.time((from / ticks + k + 1) * ticks)
                    if shown.contains(time) { trace.append(TracePoint(time: time, voltage: voltage[lane])) }
                }
            }
            append(reference.recordedVoltages[neuron], every: interval, to: &traces.reference)
            append(tested[0].recordedVoltages[neuron], every: testedInterval, to: &traces.tested)
        }
        return traces
    }
}

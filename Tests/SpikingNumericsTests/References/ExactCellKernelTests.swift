import CLanes
import SpikingNumerics
import Testing

/// The kernel that takes exact-event through many cells, against the formula that defines it.
@Suite("Cells of exact-event", .serialized)
struct ExactCellKernelTests {
    /// Where many cells lead, and how many there were before a path could cross its threshold.
    struct Outcome: Equatable {
        var taken: Int
        var state, before: LaneState
        var records: [Lanes]
        var suspects = LaneSet()
    }

    static let cells = AffineKernelTests.normals(32 * 300, stream: 32)
    static let drive = Lanes(AffineKernelTests.normals(8, stream: 40).map { 0.003 * $0 })
    static let start = LaneState(
        voltage: 0.3 * Lanes(AffineKernelTests.normals(8, stream: 48)), current: .init(repeating: 0.01))

    /// - Parameter strength: Of the functionals, in standard deviations of about those of a cell.
    static func noise(_ strength: Double) -> [CellNoise] {
        (0..<300).map { k in
            func lanes(_ j: Int) -> Lanes {
                strength * Lanes(cells[32 * k + 8 * j..<32 * k + 8 * (j + 1)])
            }
            return CellNoise(lanes(0), 0.1 * lanes(1), .zero, .zero)
        }
    }

    /// - Parameter functionals: How many of the four the cells in memory have.
    static func kernel(
        _ bound: some CellBound, _ noise: [CellNoise], functionals: Int, first: Int, stride: Int
    ) -> Outcome {
        var outcome = Outcome(
            taken: 0, state: start, before: start, records: .init(repeating: .zero, count: 300))
        var drive = drive
        let lanes = noise.flatMap { [$0.n0, $0.n1, $0.n2, $0.n3].prefix(functionals) }
        lanes.withUnsafeBytes { noise in
            outcome.records.withUnsafeMutableBufferPointer { records in
                outcome.taken = bound.advance(
                    &outcome.state, drive: &drive,
                    noise: noise.assumingMemoryBound(to: Double.self).baseAddress!,
                    functionals: functionals, count: 300, first: first, stride: stride,
                    before: &outcome.before, suspects: &outcome.suspects,
                    into: records.baseAddress)
            }
        }
        return outcome
    }

    static func loop(_ bound: some CellBound, _ noise: [CellNoise], first: Int, stride: Int) -> Outcome {
        var outcome = Outcome(
            taken: 0, state: start, before: start, records: .init(repeating: .zero, count: 300))
        var recorded = 0
        for (k, cell) in noise.enumerated() {
            let before = outcome.state
            outcome.suspects = LaneSet(bound.advance(&outcome.state, drive: drive, lift: .zero, noise: cell))
            if outcome.suspects != LaneSet() {
                outcome.before = before
                return outcome
            }
            outcome.taken += 1
            if (first + k + 1) % stride == 0 {
                outcome.records[recorded] = outcome.state.voltage
                recorded += 1
            }
        }
        return outcome
    }

    @Test(
        "are the formula's to the bit, under every instruction set",
        arguments: [LANES_BASELINE, LANES_AVX2, LANES_AVX512])
    func portableBits(_ wanted: Int) {
        let widest = lanes_selected()
        defer { lanes_select(widest) }
        lanes_select(Int32(wanted))
        // Noise too weak for a spike, and so strong that there is one.
        for (drive, strength, mayStop) in [(0.02, 0.1, false), (0.045, 1.0, true)] {
            for width in [0.125, 0.5] {
                Self.compare(
                    CrossingBound(model: NeuronModel(drive: drive), width: width), Self.noise(strength),
                    functionals: 3...4, mayStop: mayStop)
                let rough = NeuronModel(drive: drive, noiseEntry: .voltage)
                Self.compare(
                    WhiteNoiseBound(model: rough, width: width), Self.noise(strength), functionals: 1...4,
                    mayStop: mayStop)
            }
        }
    }

    static func compare(
        _ bound: some CellBound, _ noise: [CellNoise], functionals: ClosedRange<Int>, mayStop: Bool
    ) {
        for functionals in functionals {
            let found = kernel(bound, noise, functionals: functionals, first: 3, stride: 4)
            #expect(found == loop(bound, noise, first: 3, stride: 4))
            #expect((found.taken < 300) == mayStop)
        }
    }
}

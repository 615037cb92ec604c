import SpikingNumerics
import Testing

@Suite("Spike trains")
struct SpikeTrainTests {
    @Test("may have no spikes, repeated spikes, and spikes at the window's ends")
    func accepted() throws {
        for times in [[], [0], [100], [0, 100], [5, 5, 5]] as [[Double]] {
            #expect(try SpikeTrain(times, window: 0...100).times == times)
        }
    }

    @Test("are refused where the times do not ascend in the window")
    func refused() {
        #expect(throws: SpikeTrainError.notAscending(index: 1)) { try SpikeTrain([2, 1], window: 0...3) }
        #expect(throws: SpikeTrainError.outsideWindow(index: 1, time: 4, 0...3)) {
            try SpikeTrain([2, 4], window: 0...3)
        }
        #expect(throws: SpikeTrainError.self) { try SpikeTrain([.nan], window: 0...3) }
        #expect(throws: SpikeTrainError.badWindow(2...2)) { try SpikeTrain([], window: 2...2) }
        #expect(throws: SpikeTrainError.self) { try SpikeTrain([], window: 2...Double.infinity) }
    }

    @Test("are compared only if they were observed in one window")
    func unequalWindows() throws {
        let (short, long) = (try SpikeTrain([1], window: 0...3), try SpikeTrain([1], window: 0...4))
        #expect(throws: SpikeTrainError.unequalWindows(0...3, 0...4)) { try SpikeTrainPair(short, long) }
        #expect(throws: SpikeTrainError.unequalWindows(0...3, 0...4)) {
            try JointFiring.probability(within: [1], trains: [short, long])
        }
        #expect("\(SpikeTrainError.unequalWindows(0...3, 0...4))".contains("0.0 … 3.0 ms and 0.0 … 4.0 ms"))
    }
}

import NumericalMethods
import SpikingNumerics

/// Small spike trains for law tests.
struct RandomTrains {
    static let window = -10.0...70.0
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    /// Up to `most` spikes; every fourth train lives on a grid of 10 ms, where spikes coincide, repeat, and
    /// lie at the window's ends.
    mutating func next(most: Int = 7) throws -> SpikeTrain {
        let grid = generator.next(below: 4) == 0
        let times = (0..<generator.next(below: most + 1)).map { _ in
            grid
                ? Double(generator.next(below: 9)) * 10 - 10
                : Double(generator.next(below: 80_001)) / 1000 - 10
        }
        return try SpikeTrain(times.sorted(), window: Self.window)
    }

    mutating func nextPair(most: Int = 7) throws -> SpikeTrainPair {
        try SpikeTrainPair(next(most: most), next(most: most))
    }
}

extension SpikeTrainPair {
    var swapped: SpikeTrainPair {
        get throws { try SpikeTrainPair(second, first) }
    }

    func shifted(by shift: Double) throws -> SpikeTrainPair {
        try SpikeTrainPair(
            first.times.map { $0 + shift }, second.times.map { $0 + shift },
            window: window.lowerBound + shift...window.upperBound + shift)
    }

    /// With time running backwards.
    var reversed: SpikeTrainPair {
        get throws {
            let ends = window.lowerBound + window.upperBound
            return try SpikeTrainPair(
                first.times.reversed().map { ends - $0 }, second.times.reversed().map { ends - $0 },
                window: window)
        }
    }
}

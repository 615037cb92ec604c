import Foundation
import NumericalMethods
import SpikingNumerics

/// Normal numbers for tests, by the method of Box and Muller.
struct Normals {
    private var generator: SplitMix64

    init(seed: UInt64) {
        generator = SplitMix64(seed: seed)
    }

    mutating func next() -> Double {
        let (radius, angle) = (uniform(), uniform())
        return (-2 * log(radius)).squareRoot() * cos(2 * .pi * angle)
    }

    private mutating func uniform() -> Double { (Double(generator.next() >> 11) + 0.5) * 0x1p-53 }
}

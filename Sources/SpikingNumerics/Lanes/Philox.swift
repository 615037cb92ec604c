import CLanes

/// The counter-based generator Philox4x32-10: 128 bits of counter and 64 bits of key to 128 random bits.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// SC'11, doi:10.1145/2063384.2063405.
public struct Philox: Hashable, Sendable {
    public typealias Block = SIMD4<UInt32>

    /// What a key's numbers are used for; streams of different purposes never share a number.
    public enum Purpose: UInt32, Sendable {
        case pathNoise = 0
        case burnInNoise = 1
        case connectivity = 2
        case externalInput = 3
        case multilevelSeeds = 4
        case initialState = 5
    }

    public let key: SIMD2<UInt32>

    public init(key: SIMD2<UInt32>) {
        self.key = key
    }

    /// The key of a seed and a purpose, itself drawn by Philox so that nearby seeds give unrelated keys.
    public init(seed: UInt64, purpose: Purpose) {
        let seeded = Philox(key: [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)])
        let block = seeded.block([purpose.rawValue, 0, 0, 0])
        self.init(key: [block[0], block[1]])
    }

    /// Uniform on (0, 1), from the upper 53 bits of two output words.
    @inline(__always)
    static func uniform(_ high: UInt32, _ low: UInt32) -> Double {
        (Double(UInt64(high) << 21 | UInt64(low) >> 11) + 0.5) * 0x1p-53
    }

    /// The four output words for a counter.
    public func block(_ counter: Block) -> Block {
        var output = Block()
        withUnsafeBytes(of: counter) { counter in
            withUnsafeBytes(of: key) { key in
                withUnsafeMutableBytes(of: &output) { output in
                    lanes_philox(
                        counter.assumingMemoryBound(to: UInt32.self).baseAddress,
                        key.assumingMemoryBound(to: UInt32.self).baseAddress,
                        output.assumingMemoryBound(to: UInt32.self).baseAddress)
                }
            }
        }
        return output
    }
}

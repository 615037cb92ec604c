/// A small generator for things that are drawn once, such as connections; never for sample paths.
///
/// Its sequence is part of what a study file means, so it is written down here rather than taken from a library that
/// may change it.
///
/// Source: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
/// doi:10.1145/2660193.2660195; the constants are those of S. Vigna's public-domain splitmix64.c.
public struct SplitMix64: Sendable {
    private var state: UInt64

    public init(seed: UInt64) {
        state = seed
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Uniform on 0 ..< `bound`, exactly: products that would favour some values are drawn again.
    ///
    /// Source: D. Lemire, "Fast random integer generation in an interval", doi:10.1145/3230636.
    ///
    /// - Parameter bound: Positive.
    public mutating func next(below bound: Int) -> Int {
        precondition(bound > 0, "nothing to draw from")
        let bound = UInt64(bound)
        let rejected = (0 &- bound) % bound
        while true {
            let product = next().multipliedFullWidth(by: bound)
            if product.low >= rejected { return Int(product.high) }
        }
    }
}

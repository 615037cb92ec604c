/// Eight independent sample paths side by side: the unit in which kernels work.
public typealias Lanes = SIMD8<Double>

extension Lanes {
    @inline(__always)
    var magnitude: Lanes { replacing(with: -self, where: -self .> self) }
}

/// A yes or no for each path.
public typealias LaneMask = SIMDMask<SIMD8<Int64>>

extension LaneMask {
    /// Whether any path says yes; the standard library's `any` goes through the lanes one by one.
    @inlinable @inline(__always)
    public var isAnySet: Bool {
        unsafeBitCast(self, to: SIMD8<Int64>.self).union != 0
    }
}

extension SIMD8<Int64> {
    /// The bits that any lane has.
    @inlinable @inline(__always)
    var union: Int64 {
        let halves = lowHalf | highHalf
        let quarters = halves.lowHalf | halves.highHalf
        return quarters.x | quarters.y
    }
}

/// Some of eight paths, to be visited one after the other.
package struct LaneSet: Hashable, Sequence, IteratorProtocol {
    /// One bit for each path.
    package var bits: UInt32

    package init(bits: UInt32 = 0) { self.bits = bits }

    @inline(__always)
    package init(_ mask: LaneMask) {
        let lanes = unsafeBitCast(mask, to: SIMD8<Int64>.self) & SIMD8(1, 2, 4, 8, 16, 32, 64, 128)
        bits = UInt32(truncatingIfNeeded: lanes.union)
    }

    mutating func formUnion(_ other: LaneSet) { bits |= other.bits }

    mutating func subtract(_ other: LaneSet) { bits &= ~other.bits }

    /// The lowest one, which is then no longer among them.
    @inline(__always)
    package mutating func next() -> Int? {
        guard bits != 0 else { return nil }
        defer { bits &= bits - 1 }
        return bits.trailingZeroBitCount
    }
}

/// The state of one neuron on eight paths.
public struct LaneState: Hashable, Sendable {
    /// V in V-units.
    public var voltage: Lanes
    /// I in V-units/ms.
    public var current: Lanes

    @inlinable
    public init(voltage: Lanes, current: Lanes) {
        self.voltage = voltage
        self.current = current
    }
}

/// Four linear functionals of the Brownian motion in one cell, on eight paths.
public struct CellNoise: Sendable {
    public var n0, n1, n2, n3: Lanes

    @inlinable
    public init(_ n0: Lanes, _ n1: Lanes, _ n2: Lanes, _ n3: Lanes) {
        (self.n0, self.n1, self.n2, self.n3) = (n0, n1, n2, n3)
    }
}

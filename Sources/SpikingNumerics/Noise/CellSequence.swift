/// The noise of consecutive cells on eight paths.
public struct CellSequence {
    /// One after the other, each with as many functionals as the tree has.
    @usableFromInline let functionals: UnsafePointer<Lanes>
    @usableFromInline let content: NoiseContent
    /// What ΔW has of X_1 (see ``BrownianIncrements``).
    @usableFromInline let firstRate: Double

    @usableFromInline
    init(_ functionals: UnsafePointer<Lanes>, content: NoiseContent, firstRate: Double) {
        self.functionals = functionals
        self.content = content
        self.firstRate = firstRate
    }

    /// The four functionals of a cell.  Those that are not sampled are 0; where ΔW and ΔZ are sampled in their place, they are
    /// any with these.
    @inlinable @inline(__always)
    public subscript(k: Int) -> CellNoise {
        switch content {
        case .functionals:
            return UnsafeRawPointer(functionals).assumingMemoryBound(to: CellNoise.self)[k]
        case .propagation:
            let cell = functionals + 3 * k
            return CellNoise(cell[0], cell[1], cell[2], .zero)
        case .increments:
            return CellNoise(functionals[k], .zero, .zero, .zero)
        case .integrals:
            let (increment, integral) = (functionals[2 * k], functionals[2 * k + 1])
            return CellNoise(increment - firstRate * integral, integral, .zero, .zero)
        }
    }

    /// Where the functionals of a cell are.
    @inlinable @inline(__always)
    func lanes(from k: Int) -> UnsafePointer<Lanes> { functionals + k * content.functionalCount }

    /// The same as numbers.
    @inlinable @inline(__always)
    func doubles(from k: Int) -> UnsafePointer<Double> {
        UnsafeRawPointer(lanes(from: k)).assumingMemoryBound(to: Double.self)
    }
}

import CLanes

/// The numbers of a Brownian tree, which do not change.
final class TreeCoefficients: @unchecked Sendable {
    let numbers: UnsafePointer<Double>

    init(_ values: [Double]) {
        let place = UnsafeMutablePointer<Double>.allocate(capacity: values.count)
        place.initialize(from: values, count: values.count)
        numbers = UnsafePointer(place)
    }

    deinit { numbers.deallocate() }
}

/// Splits cells of a Brownian tree, which must outlive it: walks split hundreds of cells for a spike, and to hold on to the tree for
/// each takes a quarter of their time.
package struct CellSplitter {
    let coefficients: UnsafePointer<Double>
    let functionals: Int

    /// The two halves of the cell `index` of a level, whose functionals are at `whole`.
    @inline(__always)
    package func split(
        _ stream: BrownianTree.Stream, level: Int, index: Int, whole: UnsafePointer<Lanes>,
        left: UnsafeMutablePointer<Lanes>, right: UnsafeMutablePointer<Lanes>
    ) {
        func doubles(_ lanes: UnsafeMutablePointer<Lanes>) -> UnsafeMutablePointer<Double> {
            UnsafeMutableRawPointer(lanes).assumingMemoryBound(to: Double.self)
        }
        withUnsafePointer(to: stream.raw) {
            lanes_split(
                coefficients, Int32(functionals), $0, Int32(level), UInt64(index),
                UnsafeRawPointer(whole).assumingMemoryBound(to: Double.self), doubles(left), doubles(right))
        }
    }
}

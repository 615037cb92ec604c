import CLanes

/// One Brownian path per (path, neuron), refined by halving cells to any depth.
///
/// The root cell `index` covers `rootCell` ms of time; a cell of level k has width `rootCell` / 2^k.  Each cell carries
/// the `LinearFunctionals` of the path inside it.  The n functionals of a root cell, and the split of any cell into two,
/// take n normals, with node 0 for the root and node 2^level + index for the split of a cell.  Node k takes the n k-th normal and
/// the following, four of which come from the Philox block with the counter (path, root cell, neuron, n k / 4), so a value
/// depends on nothing but its place: not on which steps a study has, on threads, or on what was asked before.
public struct BrownianTree: Sendable {
    /// Leaves are at this level, 2^-32 of the root cell.
    public static let depth = 32

    public let functionals: LinearFunctionals
    /// Width of the root cell in ms.
    public let rootCell: Double
    /// The root's Cholesky factor and one split per level, in the layout of CLanes.h.
    private let coefficients: TreeCoefficients

    /// - Throws: `GSLError` if a factorisation fails.
    public init(functionals: LinearFunctionals, rootCell: Double) throws {
        self.functionals = functionals
        self.rootCell = rootCell
        var coefficients = try functionals.choleskyFactor(rootCell).lowerTriangle
        for level in 0..<Self.depth {
            let split = try functionals.split(halfWidth: Self.width(rootCell, level: level + 1))
            coefficients += split.gain.entries + split.noise.lowerTriangle + split.join.lowerTriangle
        }
        self.coefficients = TreeCoefficients(coefficients)
    }

    /// What splits its cells, as long as the tree is there.
    package var splitter: CellSplitter {
        CellSplitter(coefficients: coefficients.numbers, functionals: functionals.count)
    }

    private static func width(_ rootCell: Double, level: Int) -> Double {
        rootCell * Double(sign: .plus, exponent: -level, significand: 1)
    }

    /// Width in ms of the cells of a level; level -k stands for 2^k root cells.
    public func width(level: Int) -> Double { Self.width(rootCell, level: level) }

    /// The noise of one neuron on eight consecutive paths within one root cell.
    public struct Stream: Sendable {
        var raw: lanes_stream

        public init(_ generator: Philox, firstPath: UInt32, neuron: Int, rootCell: Int) {
            raw = lanes_stream(
                key: (generator.key[0], generator.key[1]), first_path: firstPath, neuron: UInt32(neuron),
                root_cell: UInt32(rootCell))
        }
    }

    /// The functionals of the cell `index` of a level; those that the tree lacks are 0.
    public func cell(_ stream: Stream, level: Int, index: Int) -> CellNoise {
        var noise = CellNoise(.zero, .zero, .zero, .zero)
        withRawPointers(stream) { tree, stream in
            Self.withDoubles(&noise) {
                lanes_cell(tree, Int32(functionals.count), stream, Int32(level), UInt64(index), $0)
            }
        }
        return noise
    }

    /// Fills a heap with the cell `index` of a level, at `place`, and all below it, `depth` levels down: the halves of the
    /// cell at place k are at 2k and 2k + 1.
    ///
    /// - Parameter heap: Has room for (place + 1) · 2^depth cells of as many functionals as the tree has.
    public func refine(
        _ stream: Stream, level: Int, index: Int, depth: Int, place: Int = 1,
        into heap: UnsafeMutablePointer<Lanes>
    ) {
        precondition(level >= 0 && level + depth <= Self.depth)
        withRawPointers(stream) { tree, stream in
            let doubles = UnsafeMutableRawPointer(heap).assumingMemoryBound(to: Double.self)
            let functionals = Int32(functionals.count)
            lanes_refine(
                tree, functionals, stream, Int32(level), UInt64(index), Int32(depth), UInt64(place), doubles)
        }
    }

    /// The same of root cells from the stream's on: the first of them goes to `place`, the others behind it.
    public func refine(
        rootCells count: Int, from stream: Stream, depth: Int, place: Int,
        into heap: UnsafeMutablePointer<Lanes>
    ) {
        precondition(depth <= Self.depth && count <= place)
        withRawPointers(stream) { tree, stream in
            let doubles = UnsafeMutableRawPointer(heap).assumingMemoryBound(to: Double.self)
            let functionals = Int32(functionals.count)
            lanes_refine_roots(
                tree, functionals, stream, Int32(count), Int32(depth), UInt64(place), doubles)
        }
    }

    /// The root cells of consecutive neurons, the first of which is the stream's.
    ///
    /// - Parameter stride: How far apart they are, in functionals on eight paths.
    func roots(_ stream: Stream, neurons: Int, stride: Int, into cells: UnsafeMutablePointer<Lanes>) {
        withRawPointers(stream) { tree, stream in
            lanes_roots(
                tree, Int32(functionals.count), stream, Int32(neurons), 8 * stride,
                UnsafeMutableRawPointer(cells).assumingMemoryBound(to: Double.self))
        }
    }

    @inline(__always)
    private func withRawPointers(
        _ stream: Stream, _ body: (UnsafePointer<Double>, UnsafePointer<lanes_stream>) -> Void
    ) {
        withUnsafePointer(to: stream.raw) { body(coefficients.numbers, $0) }
    }

    @inline(__always)
    private static func withDoubles(_ noise: inout CellNoise, _ body: (UnsafeMutablePointer<Double>) -> Void)
    {
        withUnsafeMutableBytes(of: &noise) {
            body($0.baseAddress!.assumingMemoryBound(to: Double.self))
        }
    }
}

import CLanes
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Brownian tree", .serialized)
struct BrownianTreeTests {
    static let model = NeuronModel()
    static let tree = try! BrownianTree(functionals: LinearFunctionals(model), rootCell: 4)

    static func stream(_ path: UInt32 = 40, neuron: Int = 2, rootCell: Int = 5) -> BrownianTree.Stream {
        BrownianTree.Stream(
            Philox(seed: 7, purpose: .pathNoise), firstPath: path, neuron: neuron, rootCell: rootCell)
    }

    /// All cells below one, in heap order.
    static func refined(_ stream: BrownianTree.Stream, level: Int = 0, index: Int = 0, depth: Int)
        -> [CellNoise]
    {
        let heap = UnsafeMutablePointer<Lanes>.allocate(capacity: 4 * 2 << depth)
        defer { heap.deallocate() }
        heap.initialize(repeating: .zero, count: 4 * 2 << depth)
        tree.refine(stream, level: level, index: index, depth: depth, into: heap)
        return (0..<2 << depth).map {
            CellNoise(heap[4 * $0], heap[4 * $0 + 1], heap[4 * $0 + 2], heap[4 * $0 + 3])
        }
    }

    static func same(_ a: CellNoise, _ b: CellNoise) -> Bool {
        a.n0 == b.n0 && a.n1 == b.n1 && a.n2 == b.n2 && a.n3 == b.n3
    }

    @Test("does not change when it is refined further, entered elsewhere or asked again")
    func consistency() {
        let stream = Self.stream()
        let shallow = Self.refined(stream, depth: 3)
        let deep = Self.refined(stream, depth: 9)
        for k in 1..<16 { #expect(Self.same(shallow[k], deep[k])) }
        for (level, index) in [(0, 0), (1, 1), (3, 5), (6, 0), (9, 511)] {
            #expect(Self.same(Self.tree.cell(stream, level: level, index: index), deep[1 << level | index]))
        }
        let window = Self.refined(stream, level: 4, index: 11, depth: 5)
        for k in 1..<64 {
            let level = k.bitWidth - 1 - k.leadingZeroBitCount
            #expect(Self.same(window[k], deep[(16 | 11) << level | (k - 1 << level)]))
        }
        var left = [Lanes](repeating: .zero, count: 4)
        var right = left
        let whole = Self.components(deep[256 | 77])
        Self.tree.splitter.split(stream, level: 8, index: 77, whole: whole, left: &left, right: &right)
        #expect(left == Self.components(deep[512 | 154]) && right == Self.components(deep[512 | 155]))
    }

    @Test("gives a path the same noise in whatever group of eight it is")
    func paths() {
        let first = Self.tree.cell(Self.stream(40), level: 7, index: 19)
        let shifted = Self.tree.cell(Self.stream(43), level: 7, index: 19)
        for lane in 0..<5 {
            #expect(first.n0[lane + 3] == shifted.n0[lane] && first.n3[lane + 3] == shifted.n3[lane])
        }
    }

    @Test(
        "has the same bits under every instruction set",
        arguments: [LANES_BASELINE, LANES_AVX2, LANES_AVX512])
    func portableBits(_ wanted: Int) throws {
        let widest = lanes_selected()
        defer { lanes_select(widest) }
        lanes_select(Int32(LANES_BASELINE))
        func cells() throws -> [CellNoise] {
            let sparse = try NoiseContentTests.sparse.flatMap { content in
                let tree = try NoiseContentTests.tree(content)
                let heap = NoiseContentTests.rootCells(3, of: tree, depth: 5).map { lanes in
                    CellNoise(lanes, .zero, .zero, .zero)
                }
                return heap + (0..<64).map { tree.cell(Self.stream(), level: 6, index: $0) }
            }
            return Self.refined(Self.stream(), depth: 6)[1...] + sparse
        }
        let expected = try cells()
        lanes_select(Int32(wanted))
        let found = try cells()
        for (a, b) in zip(expected, found) { #expect(Self.same(a, b)) }
    }

    /// The halves of a cell compose to it, to the rounding of the largest term.
    @Test("composes halves to the whole at every level", arguments: 0..<BrownianTree.depth)
    func composition(_ level: Int) {
        let whole = Self.tree.cell(Self.stream(), level: level, index: 0)
        let left = Self.tree.cell(Self.stream(), level: level + 1, index: 0)
        let right = Self.tree.cell(Self.stream(), level: level + 1, index: 1)
        let join = Self.tree.functionals.transition(Self.tree.width(level: level + 1))
        let (x, l, r) = (Self.components(whole), Self.components(left), Self.components(right))
        for i in 0..<4 {
            for lane in 0..<8 {
                var sum = r[i][lane]
                var scale = abs(r[i][lane]) + abs(x[i][lane])
                for j in 0...i {
                    sum += join[i, j] * l[j][lane]
                    scale += abs(join[i, j] * l[j][lane])
                }
                #expect(abs(sum - x[i][lane]) <= 8 * Double.ulpOfOne * scale)
            }
        }
    }

    static func components(_ noise: CellNoise) -> [Lanes] { [noise.n0, noise.n1, noise.n2, noise.n3] }

    /// Covariance of all functionals of the first two cells of a level over n = 2^17 paths.
    ///
    /// An entry of a sample correlation matrix errs by 1/√n, a variance by √(2/n); 36 entries at 6 standard errors give a
    /// false alarm with probability 7e-8, and detect a correlation or a relative variance wrong by 0.017 or 0.024.
    @Test("has the law of Brownian motion", arguments: [1, 5, 12])
    func law(_ level: Int) throws {
        let count = 1 << 17
        let factor = try Self.tree.functionals.choleskyFactor(Self.tree.width(level: level))
        var products = Matrix(rows: 8, columns: 8)
        for group in 0..<count / 8 {
            let stream = Self.stream(UInt32(8 * group))
            let cells = [0, 1].map { Self.components(Self.tree.cell(stream, level: level, index: $0)) }
            for lane in 0..<8 {
                let z = cells.flatMap { Self.whiten($0.map { $0[lane] }, factor) }
                for i in 0..<8 { for j in 0...i { products[i, j] += z[i] * z[j] } }
            }
        }
        for i in 0..<8 {
            for j in 0...i {
                let expected = i == j ? 1.0 : 0
                let error = ((i == j ? 2 : 1) / Double(count)).squareRoot()
                #expect(abs(products[i, j] / Double(count) - expected) < 6 * error, "\(i),\(j)")
            }
        }
    }

    /// Independent standard normals from functionals, by forward substitution.
    static func whiten(_ x: [Double], _ factor: Matrix) -> [Double] {
        var z = [Double](repeating: 0, count: x.count)
        for i in x.indices {
            var rest = x[i]
            for j in 0..<i { rest -= factor[i, j] * z[j] }
            z[i] = rest / factor[i, i]
        }
        return z
    }
}

import NumericalMethods
import SpikingNumerics
import Testing

/// Trees that carry less than the four functionals, and integrators that take no more.
@Suite("Noise content")
struct NoiseContentTests {
    static let sparse = [NoiseContent.increments, .integrals, .propagation]
    static let rootCell = 4.0

    static func tree(_ content: NoiseContent) throws -> BrownianTree {
        let problem = Problem(duration: rootCell)
        return try BrownianForest(problem, rootCell: rootCell, content: content).trees[0]
    }

    /// The functionals of a cell that the tree has.
    static func functionals(_ tree: BrownianTree, path: Int = 0, level: Int, index: Int) -> [Lanes] {
        let noise = tree.cell(BrownianTreeTests.stream(UInt32(path)), level: level, index: index)
        return Array([noise.n0, noise.n1, noise.n2, noise.n3][..<tree.functionals.count])
    }

    @Test("does not depend on where a tree is entered, and how deep it is refined", arguments: sparse)
    func consistency(_ content: NoiseContent) throws {
        let tree = try Self.tree(content)
        let count = tree.functionals.count
        let stream = BrownianTreeTests.stream(0)
        for (level, index, depth, place) in [(0, 0, 6, 1), (0, 0, 3, 5), (1, 1, 4, 1), (5, 19, 3, 1)] {
            let capacity = count * (place + 1) << depth
            let heap = UnsafeMutablePointer<Lanes>.allocate(capacity: capacity)
            defer { heap.deallocate() }
            heap.initialize(repeating: .zero, count: capacity)
            tree.refine(stream, level: level, index: index, depth: depth, place: place, into: heap)
            for below in 0...depth {
                for k in 0..<1 << below {
                    let expected = Self.functionals(tree, level: level + below, index: index << below + k)
                    let first = count * (place << below + k)
                    #expect((0..<count).map { heap[first + $0] } == expected)
                }
            }
        }
    }

    /// Consecutive root cells from the sixth on, which are put behind `count` empty places.
    static func rootCells(_ count: Int, of tree: BrownianTree, depth: Int) -> [Lanes] {
        .init(unsafeUninitializedCapacity: tree.functionals.count * 2 * count << depth) { heap, size in
            heap.initialize(repeating: .zero)
            tree.refine(
                rootCells: count, from: BrownianTreeTests.stream(0, rootCell: 5), depth: depth, place: count,
                into: heap.baseAddress!)
            size = heap.count
        }
    }

    /// Also where the first group of normals has more nodes than there are.
    @Test("is the same in root cells that are refined together", arguments: sparse + [.functionals], 0...5)
    func rootCells(_ content: NoiseContent, _ depth: Int) throws {
        let tree = try Self.tree(content)
        let size = tree.functionals.count
        let heap = Self.rootCells(3, of: tree, depth: depth)
        for root in 0..<3 {
            let stream = BrownianTreeTests.stream(0, rootCell: 5 + root)
            for level in 0...depth {
                for k in 0..<1 << level {
                    let noise = tree.cell(stream, level: level, index: k)
                    let expected = Array([noise.n0, noise.n1, noise.n2, noise.n3][..<size])
                    let first = size * ((3 + root) << level + k)
                    #expect(Array(heap[first..<first + size]) == expected)
                }
            }
        }
    }

    /// ΔW adds up, and ΔZ of the whole is ΔZ of the halves and the left half's ΔW over the width of the right half, all to the
    /// rounding of a few terms.
    @Test("of two halves makes that of the whole", arguments: sparse, [0, 1, 2, 7, 20])
    func composition(_ content: NoiseContent, _ level: Int) throws {
        let tree = try Self.tree(content)
        let whole = Self.functionals(tree, level: level, index: 0)
        let left = Self.functionals(tree, level: level + 1, index: 0)
        let right = Self.functionals(tree, level: level + 1, index: 1)
        let d = tree.width(level: level + 1)
        for lane in 0..<8 {
            let scale = abs(left[0][lane]) + abs(right[0][lane])
            if content == .propagation {
                Self.expectComposition(whole, left, right, lane: lane, width: d)
                continue
            }
            #expect(abs(left[0][lane] + right[0][lane] - whole[0][lane]) <= 8 * Double.ulpOfOne * scale)
            guard content == .integrals else { continue }
            let terms = [left[1][lane], d * left[0][lane], right[1][lane]]
            let size = terms.reduce(0) { $0 + abs($1) } + d * scale
            #expect(abs(terms.reduce(0, +) - whole[1][lane]) <= 8 * Double.ulpOfOne * size)
        }
    }

    /// The noise in I and V of the left half decays, and passes from I to V, as a state does; ΔW = X_0 + X_1/τ_s + X_2/(τ_s τ_m)
    /// adds up.
    static func expectComposition(
        _ whole: [Lanes], _ left: [Lanes], _ right: [Lanes], lane: Int, width: Double
    ) {
        let model = NeuronModel()
        let (fast, slow) = (1 / model.synapticTimeConstant, 1 / model.membraneTimeConstant)
        let (w, l, r) = (whole.map { $0[lane] }, left.map { $0[lane] }, right.map { $0[lane] })
        func increment(_ x: [Double]) -> [Double] { [x[0], fast * x[1], fast * slow * x[2]] }
        let sums = [
            ([model.currentDecay(width) * l[0], r[0]], [w[0]]),
            ([model.synapticKernel(width) * l[0], model.voltageDecay(width) * l[1], r[1]], [w[1]]),
            (increment(l) + increment(r), increment(w)),
        ]
        for (halves, whole) in sums {
            let size = (halves + whole).reduce(0) { $0 + abs($1) }
            let difference = halves.reduce(0, +) - whole.reduce(0, +)
            #expect(abs(difference) <= 16 * Double.ulpOfOne * size)
        }
    }

    /// Variances and covariances of eight neighbouring cells, which share blocks, over n = 2^16 paths: ΔW/√h is standard
    /// normal, and so is (ΔZ - h ΔW/2)/√(h³/12), independent of it; of three functionals their Cholesky factor, which has a test
    /// of its own, makes standard normals.
    ///
    /// 36, 136 or 300 entries at 6 standard errors give a false alarm with probability below 6e-7, and detect a correlation wrong by
    /// 0.024, a relative variance by 0.034.
    @Test("has the law of Brownian motion", arguments: sparse, [3, 11])
    func law(_ content: NoiseContent, _ level: Int) throws {
        let (tree, paths) = (try Self.tree(content), 1 << 16)
        let h = tree.width(level: level)
        let count = 8 * tree.functionals.count
        let factor = try tree.functionals.choleskyFactor(h)
        var products = Matrix(rows: count, columns: count)
        for group in 0..<paths / 8 {
            var z: [Lanes] = []
            for index in 0..<8 {
                let found = Self.functionals(tree, path: 8 * group, level: level, index: index)
                if content == .propagation {
                    var white = found
                    for lane in 0..<8 {
                        let normals = BrownianTreeTests.whiten(found.map { $0[lane] }, factor)
                        for k in normals.indices { white[k][lane] = normals[k] }
                    }
                    z += white
                    continue
                }
                z.append(found[0] / h.squareRoot())
                if content == .integrals {
                    z.append((found[1] - 0.5 * h * found[0]) / (h * (h / 12).squareRoot()))
                }
            }
            for i in 0..<count { for j in 0...i { products[i, j] += (z[i] * z[j]).sum() } }
        }
        for i in 0..<count {
            for j in 0...i {
                let error = ((i == j ? 2 : 1) / Double(paths)).squareRoot()
                #expect(abs(products[i, j] / Double(paths) - (i == j ? 1 : 0)) < 6 * error, "\(i),\(j)")
            }
        }
    }

    /// Steps from the four functionals of a cell and from any others with the same ΔW, and ΔZ where the scheme declares it, are
    /// the same up to the rounding of some twenty terms; where it declares more, they are not.
    @Test("is all that a scheme takes which declares it", arguments: KnownScheme.all.map(\.name))
    func declarations(_ name: String) throws {
        let scheme = KnownScheme.of(name).type
        let z = AffineKernelTests.normals(48, stream: 24)
        func lanes(_ k: Int) -> Lanes { Lanes(z[8 * k..<8 * k + 8]) }
        for model in [NeuronModel(), AffineKernelTests.whiteNoise] {
            let brownian = BrownianIncrements(model: model)
            let full = CellNoise(lanes(0), lanes(1), lanes(2), lanes(3))
            let (increment, integral) = (brownian.increment(full), brownian.integral(full))
            let rate = LinearFunctionals(model).rates[0]
            let same =
                scheme.noise == .integrals
                ? CellNoise(increment + rate * integral, integral, .zero, .zero)
                : CellNoise(increment, .zero, .zero, .zero)
            let start = LaneState(voltage: 0.1 * lanes(4), current: 0.1 * lanes(5))
            let step = scheme.init(model: model, step: 0.25)
            var (a, b) = (start, start)
            step.advance(&a, noise: full)
            step.advance(&b, noise: same)
            for lane in 0..<8 {
                let size = 1 + abs(increment[lane]) + abs(integral[lane]) / 0.25
                let difference = max(
                    abs(a.voltage[lane] - b.voltage[lane]), abs(a.current[lane] - b.current[lane]))
                let isRounding = difference < 32 * Double.ulpOfOne * size
                #expect(isRounding == !scheme.noise.contains(.propagation))
            }
            guard scheme.noise == .propagation else { continue }
            var c = start
            step.advance(&c, noise: CellNoise(full.n0, full.n1, full.n2, .zero))
            #expect(c == a)
        }
    }

    @Test("is declared by what a step is made of")
    func catalogue() {
        func content(_ name: String) -> NoiseContent? { IntegratorCatalogue.integrator(named: name)?.noise }
        for name in ["euler-maruyama", "heun+linear", "semi-implicit-euler", "discrete-time-lif+soft-reset"] {
            #expect(content(name) == .increments)
        }
        for name in ["euler-maruyama+bridge-crossing", "sra1", "weak-taylor-2"] {
            #expect(content(name) == .integrals)
        }
        for name in ["exact-propagator", "exponential-euler+linear"] {
            #expect(content(name) == .propagation)
        }
        #expect(content("exact-propagator+bridge-crossing") == .functionals)
        #expect(ExactEvent().noise == .propagation)
    }

    /// Each has itself and ΔW; all four functionals have everything; and ΔZ is not among three of them.
    @Test("unites to the least that has both")
    func union() {
        let all = [NoiseContent.increments, .integrals, .propagation, .functionals]
        for (a, b) in all.flatMap({ a in all.map { (a, $0) } }) {
            let both = a.union(b)
            #expect(both == b.union(a) && both.contains(a) && both.contains(b))
            #expect(both == all.first { $0.contains(a) && $0.contains(b) })
        }
        #expect(
            !NoiseContent.propagation.contains(.integrals) && !NoiseContent.integrals.contains(.propagation))
    }
}

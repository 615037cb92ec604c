import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Four jointly Gaussian linear functionals of the Brownian motion in a cell of width h,
///
///     X_j = ∫_0^h χ_j(h - s) dW_s,      χ_j(u) = exp[λ_0, …, λ_j; u],
///
/// where exp[…; u] is the divided difference of λ ↦ e^{λu} over the first j+1 `rates`.  The χ_j solve the cascade
/// χ_0' = λ_0 χ_0, χ_j' = λ_j χ_j + χ_{j-1}: each functional is the last one passed through one more linear filter.
/// For a current-driven neuron, λ = (-1/τ_s, -1/τ_m, 0, 0), X_0 is the noise N_I in the current, X_1 the noise N_V in
/// the voltage, X_2 and X_3 its first two time integrals, and because Newton's interpolation of 1 = e^{0u} and
/// u = d/dλ e^{λu} at λ = 0 over these nodes is finite,
///
///     ΔW = X_0 + X_1/τ_s + X_2/(τ_s τ_m),     ΔZ = ∫(h-s) dW_s = X_1 + (1/τ_s + 1/τ_m) X_2 + X_3/(τ_s τ_m).
///
/// Where the noise acts on V, λ = (-1/τ_m, 0, 0, 0), and X_0 is the noise in the voltage.
///
/// All rates are ≤ 0, so every divided difference is positive and all of this holds without cancellation for any
/// h, τ_s and τ_m, equal ones included.  The covariance of (ΔW, N_I, N_V) itself is singular to working precision for
/// small h and is never formed: Cholesky factors come from the QR factorisation of kernels at Gauss-Legendre nodes.
public struct LinearFunctionals: Hashable, Sendable {
    /// λ_0, λ_1, … in 1/ms, none positive.
    public let rates: [Double]

    /// How many functionals there are.
    public var count: Int { rates.count }

    /// - Parameter rates: One to four; with fewer than four, the functionals are the first ones of the four.
    public init(rates: [Double]) {
        precondition((1...4).contains(rates.count) && rates.allSatisfy { $0 <= 0 && $0.isFinite })
        self.rates = rates
    }

    /// The functionals that a neuron's noise is made of: it passes the filters of I and V, or that of V only.
    public init(_ model: NeuronModel) {
        switch model.noiseEntry {
        case .current: self.init(rates: [-1 / model.synapticTimeConstant, -model.leakRate, 0, 0])
        case .voltage: self.init(rates: [-model.leakRate, 0, 0, 0])
        }
    }

    /// E(d) with X(whole) = E(d) X(left) + X(right) for two adjacent cells of which the right has width d (ms).
    ///
    /// E_jk = exp[λ_k, …, λ_j; d], the exponential of the lower bidiagonal matrix of the cascade.  With c = max|λ|,
    /// the matrix plus c on its diagonal is not negative; the Taylor series of its exponential and the squarings have
    /// only positive terms, so each entry is accurate relative to itself (J. Xue, Q. Ye, doi:10.1007/s00211-007-0121-1).
    public func transition(_ width: Double) -> Matrix {
        let fastest = rates.map(abs).max()!
        let squarings = fastest * width > 1 ? Int((fastest * width).exponent) + 1 : 0
        let part = scalbn(width, Int32(-squarings))
        var exponential = shortTransition(part, fastest: fastest)
        var reached = part
        for _ in 0..<squarings {
            exponential = exponential * exponential
            reached *= 2
            for j in 0..<count { exponential[j, j] = exp(rates[j] * reached) }
        }
        return exponential
    }

    private func shortTransition(_ width: Double, fastest: Double) -> Matrix {
        var cascade = Matrix(rows: count, columns: count)
        for j in 0..<count {
            cascade[j, j] = (rates[j] + fastest) * width
            if j > 0 { cascade[j, j - 1] = width }
        }
        // fastest · width ≤ 1, so that the 24th term is below 1e-23 of the first.
        var term = Matrix.identity(count)
        var sum = term
        for k in 1...24 {
            term = (cascade * term).scaled(by: 1 / Double(k))
            sum = sum + term
        }
        return sum.scaled(by: exp(-fastest * width))
    }

    /// χ_0(u) … χ_3(u), u in ms.
    public func kernels(_ u: Double) -> [Double] {
        let exponential = transition(u)
        return (0..<count).map { exponential[$0, 0] }
    }

    /// The Cholesky factor L (lower triangular, positive diagonal) of the covariance of X in a cell of width h.
    public func choleskyFactor(_ width: Double) throws -> Matrix {
        let nodes = try quadrature(width)
        var weighted = Matrix(rows: nodes.count, columns: count)
        for (row, node) in nodes.enumerated() {
            let kernels = kernels(node.position)
            for j in 0..<count { weighted[row, j] = node.weight.squareRoot() * kernels[j] }
        }
        return try QRFactorization(weighted).triangle.transposed
    }

    /// Gauss-Legendre panels on [0, h], halved towards 0 until the kernels are smooth on the first one.
    private func quadrature(_ width: Double) throws -> [(position: Double, weight: Double)] {
        let fastest = rates.map(abs).max()!
        var edges = [width]
        while edges.last! * fastest > 1 { edges.append(edges.last! / 2) }
        edges.append(0)
        return try zip(edges, edges.dropFirst()).flatMap { high, low in
            try GaussLegendre.nodes(32, from: low, to: high)
        }
    }

    /// How a cell of two halves of width d is split: left = gain · X + noise · z with four standard normals z,
    /// right = X - join · left.
    public struct Split: Hashable, Sendable {
        public var gain: Matrix
        /// Lower triangular.
        public var noise: Matrix
        /// E(d), lower triangular.
        public var join: Matrix
    }

    /// The law of the left half given the whole.
    ///
    /// With independent standard normals ξ behind the halves, X = (E L, L) ξ and left = (L, 0) ξ.  An orthogonal Q that
    /// makes X depend on the first four of η = Qᵀξ only leaves the other four free: no covariance is formed or inverted.
    public func split(halfWidth: Double) throws -> Split {
        let n = count
        let half = try choleskyFactor(halfWidth)
        let join = transition(halfWidth)
        let whole = (join * half).transposed.stacked(on: half.transposed)
        let factorization = try QRFactorization(whole)
        let given = half * factorization.orthogonal(rows: 0..<n, columns: 0..<n)
        let free = half * factorization.orthogonal(rows: 0..<n, columns: n..<2 * n)
        // gain · Rᵀ = given, by substitution from the last column.
        var gain = given
        let triangle = factorization.triangle
        for i in 0..<n {
            for j in (0..<n).reversed() {
                var rest = given[i, j]
                for k in j + 1..<n { rest -= gain[i, k] * triangle[j, k] }
                gain[i, j] = rest / triangle[j, j]
            }
        }
        let noise = try QRFactorization(free.transposed).triangle.transposed
        return Split(gain: gain, noise: noise, join: join)
    }
}

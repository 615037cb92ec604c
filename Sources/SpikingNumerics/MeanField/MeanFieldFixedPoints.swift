import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension MeanField {
    /// Rates that reproduce themselves.
    public struct FixedPoint: Hashable, Sendable {
        /// Of the populations, in 1/ms.
        public var rates: [Double]
        /// The largest real part of an eigenvalue of the linearised τ_m dν/dt = Φ(ν) - ν, in 1/ms; stable where it is negative.
        public var growth: Double
        /// The sign of det(1 - Φ').
        var index: Int

        public var isStable: Bool { growth < 0 }
    }

    /// All fixed points, by the rate of the whole network.
    public struct FixedPoints: Hashable, Sendable {
        public var points: [FixedPoint]
        /// Whether their indices add up to 1, as those of all fixed points do: rates of finite neurons come back from infinity
        /// (Poincaré and Hopf).  Where they do not, some are missing.
        public var areComplete: Bool

        /// The stable one with the lowest rates; the lowest of all where none is.
        public var lowest: FixedPoint? { points.first(where: \.isStable) ?? points.first }
    }

    /// All rates that reproduce themselves, looked for from many places until their indices add up to 1.
    ///
    /// - Parameter guesses: Rates of the populations to look from first, such as those at a neighbouring drive.
    /// - Throws: `GSLError`.
    public func fixedPoints(near guesses: [[Double]] = []) throws -> FixedPoints {
        var found: [FixedPoint] = []
        var starts = guesses.map { $0.map { log(max($0, exp(Self.silence))) } }
        var places = QuasiRandom(dimensions: populations.count)
        var tried = 0
        while tried < Self.mostStarts {
            if starts.isEmpty {
                if tried >= Self.fewestStarts, found.reduce(0, { $0 + $1.index }) == 1 { break }
                starts.append(places.next().map { Self.range.lowerBound + $0 * Self.width })
            }
            tried += 1
            if let point = try fixedPoint(from: starts.removeFirst()),
                !found.contains(where: { $0.isAt(point) })
            {
                found.append(point)
            }
        }
        found.sort { networkRate($0.rates) < networkRate($1.rates) }
        return FixedPoints(points: found, areComplete: found.reduce(0) { $0 + $1.index } == 1)
    }

    /// Logarithms of rates (1/ms) to look from: .01 Hz to 1000 Hz.
    private static let range = log(1e-5)...log(1.0)
    private static var width: Double { range.upperBound - range.lowerBound }
    private static let fewestStarts = 24
    private static let mostStarts = 1024
    /// Of the sum of |log ν - log Φ(ν)|; Siegert's rate is good to 1e-12.
    private static let tolerance = 1e-10

    private func fixedPoint(from start: [Double]) throws -> FixedPoint? {
        let root = try VectorRoot.hybrid(from: start, tolerance: Self.tolerance) { logarithms in
            // Far steps of the method must not overflow.
            let rates = logarithms.map { exp(min($0, 5)) }
            return zip(logarithms, try self.logarithms(at: rates)).map { $0 - $1 }
        }
        guard let root else { return nil }
        let slopes = try logarithmicSlopes(at: root)
        let stability = try stability(slopes)
        return FixedPoint(
            rates: root.map { exp($0) }, growth: stability.growth,
            index: stability.determinant > 0 ? 1 : stability.determinant < 0 ? -1 : 0)
    }

    /// ∂ log Φ_X / ∂ log ν_Y.
    func logarithmicSlopes(at logarithms: [Double]) throws -> Matrix {
        let width = 1e-5
        var slopes = Matrix(rows: populations.count, columns: populations.count)
        for column in populations.indices {
            let ends = try [-width, width].map { shift in
                var moved = logarithms
                moved[column] += shift
                return try self.logarithms(at: moved.map { exp($0) })
            }
            for row in populations.indices {
                slopes[row, column] = (ends[1][row] - ends[0][row]) / (2 * width)
            }
        }
        return slopes
    }

    /// Of the fixed point where the logarithmic slopes are these: at a fixed point they have the eigenvalues of those of the rates.
    func stability(_ slopes: Matrix) throws(GSLError) -> (growth: Double, determinant: Double) {
        var rest = Matrix.identity(populations.count)
        var flow = Matrix(rows: populations.count, columns: populations.count)
        for row in populations.indices {
            for column in populations.indices {
                rest[row, column] -= slopes[row, column]
                flow[row, column] = -rest[row, column] / populations[row].model.membraneTimeConstant
            }
        }
        return (try flow.realPartsOfEigenvalues().max() ?? 0, try rest.determinant())
    }
}

extension MeanField.FixedPoint {
    /// Whether another one is this one, found to the tolerance from another place.
    fileprivate func isAt(_ other: MeanField.FixedPoint) -> Bool {
        zip(rates, other.rates).allSatisfy { abs(log($0) - log($1)) < 1e-6 }
    }
}

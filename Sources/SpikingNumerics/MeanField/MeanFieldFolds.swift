import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension MeanField {
    /// A drive at which a stable and an unstable fixed point meet and vanish.
    public struct Fold: Hashable, Sendable {
        /// How much of the ramp's way, from 0 to 1.
        public var position: Double
        /// Of the populations where they meet, in 1/ms.
        public var rates: [Double]
        /// Whether they vanish as the drive rises along the way; otherwise as it falls.
        public var endsUpwards: Bool
    }

    /// All folds between two drives.
    ///
    /// - Parameters:
    ///   - start: For each population, in V-units/ms, on top of what it has.
    ///   - end: The same, at the other end.
    ///   - parts: How many drives between them are looked at first; two folds closer together are overlooked.
    /// - Throws: `GSLError`.
    public func folds(from start: [Double], to end: [Double], parts: Int = 40) throws -> [Fold] {
        func field(_ position: Double) -> MeanField {
            adding(drive: zip(start, end).map { $0 + position * ($1 - $0) })
        }
        var folds: [Fold] = []
        var before = try field(0).fixedPoints()
        for part in 1...parts {
            let position = Double(part) / Double(parts)
            let after = try field(position).fixedPoints(near: before.points.map(\.rates))
            if before.points.count != after.points.count {
                let gap = (Double(part - 1) / Double(parts), position)
                if let fold = try fold(between: gap, before, after, field) { folds.append(fold) }
            }
            before = after
        }
        return folds
    }

    /// All folds along a problem's ramp.
    ///
    /// - Throws: `GSLError`.
    public func folds(along ramp: DriveRamp) throws -> [Fold] {
        var height = [Double](repeating: 0, count: populations.count)
        for rise in ramp.rises {
            var first = 0
            // Populations lie one after the other.
            for (k, population) in populations.enumerated() {
                if rise.neurons.contains(first) { height[k] = rise.height }
                first += population.size
            }
        }
        return try folds(from: height.map { _ in 0 }, to: height)
    }

    /// Halves the gap some times, then solves for rates and drive together.
    private func fold(
        between gap: (Double, Double), _ first: FixedPoints, _ last: FixedPoints,
        _ field: (Double) -> MeanField
    ) throws -> Fold? {
        var (low, high) = gap
        var (below, above) = (first, last)
        for _ in 0..<Self.halvings {
            let middle = (low + high) / 2
            let richer = below.points.count > above.points.count ? below : above
            let points = try field(middle).fixedPoints(near: richer.points.map(\.rates))
            if points.points.count == below.points.count {
                (low, below) = (middle, points)
            } else {
                (high, above) = (middle, points)
            }
        }
        let endsUpwards = below.points.count > above.points.count
        let (richer, position) = endsUpwards ? (below, low) : (above, high)
        guard let rates = Self.meeting(richer.points) else { return nil }
        let start = rates.map { log($0) } + [position]
        let root = try VectorRoot.hybrid(from: start, tolerance: 1e-7) { unknowns in
            let field = field(unknowns.last!)
            let logarithms = unknowns.dropLast().map { min($0, 5) }
            let residuals = zip(logarithms, try field.logarithms(at: logarithms.map { exp($0) })).map {
                $0 - $1
            }
            return residuals + [try field.stability(field.logarithmicSlopes(at: logarithms)).determinant]
        }
        guard let root, abs(root.last! - position) < 2 * (gap.1 - gap.0) else { return nil }
        return Fold(
            position: root.last!, rates: root.dropLast().map { exp($0) }, endsUpwards: endsUpwards)
    }

    private static let halvings = 6

    /// Between the two of opposite indices that are nearest to each other.
    private static func meeting(_ points: [FixedPoint]) -> [Double]? {
        var nearest: (distance: Double, rates: [Double])?
        for (k, one) in points.enumerated() {
            for other in points.dropFirst(k + 1) where one.index * other.index < 0 {
                let gaps = zip(one.rates, other.rates).map { abs(log($0) - log($1)) }
                let distance = gaps.reduce(0, +)
                if distance < nearest?.distance ?? .infinity {
                    nearest = (distance, zip(one.rates, other.rates).map { ($0 * $1).squareRoot() })
                }
            }
        }
        return nearest?.rates
    }
}

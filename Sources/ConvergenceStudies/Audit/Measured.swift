import NumericalMethods

/// A number found from paths, with its values without one group of paths after the other, so that a difference from another on the
/// same paths has the small error that it has there.
public struct Measured: Sendable {
    public var value: Double
    /// Nil where one group of paths is all there is.
    public var standardError: Double?
    /// Degrees of freedom of the standard error.
    var freedom: Double
    /// See `Jackknife`; empty where they are not known.
    var parts: [Double]
    /// What found it: `exact-event`, `mean-field`.
    public var method: String

    init(value: Double, standardError: Double?, freedom: Double, parts: [Double] = [], method: String) {
        (self.value, self.standardError, self.freedom) = (value, standardError, freedom)
        (self.parts, self.method) = (parts, method)
    }

    init?(_ scalar: Scalar, paths: Int) {
        guard let value = scalar.value else { return nil }
        self.init(
            value: value, standardError: scalar.standardError,
            freedom: scalar.freedom ?? Double(max(0, paths - 1)), parts: scalar.jackknife ?? [],
            method: scalar.method)
    }

    /// This less another: by groups of paths where both have them, as independent where not.
    func minus(_ other: Measured) -> Measured {
        if !parts.isEmpty, parts.count == other.parts.count {
            let found = Jackknife.Found(
                value - other.value, zip(parts, other.parts).map { $0 - $1 }, used: parts.count)
            return Measured(
                value: found.value, standardError: found.variance.squareRoot().ifFinite,
                freedom: Double(parts.count - 1), parts: found.parts, method: method)
        }
        let errors = [standardError, other.standardError].compactMap { $0 }
        return Measured(
            value: value - other.value,
            standardError: errors.isEmpty ? nil : errors.map { $0 * $0 }.reduce(0, +).squareRoot(),
            freedom: min(freedom, other.freedom), method: method)
    }
}

extension DerivedQuantity {
    /// Of one process over a sweep's points.
    ///
    /// - Parameter points: What is swept, and the scalar there; in ascending order.
    package func measured(_ points: [(x: Double, scalar: Scalar)]) -> Measured? {
        let (x, y) = (points.map(\.x), points.compactMap(\.scalar.value))
        guard y.count == x.count, let method = points.first?.scalar.method else { return nil }
        let variances = points.map { $0.scalar.standardError.map { $0 * $0 } ?? 0 }
        let weights = variances.allSatisfy { $0 > 0 } ? variances.map { 1 / $0 } : x.map { _ in 1 }
        guard let value = value(x: x, y: y, weights: weights) else { return nil }
        let parts = points.map { $0.scalar.jackknife ?? [] }
        guard let groups = parts.first?.count, groups > 1, parts.allSatisfy({ $0.count == groups }) else {
            return Measured(value: value, standardError: nil, freedom: 0, method: method)
        }
        let left = (0..<groups).compactMap { group in
            self.value(x: x, y: parts.map { $0[group] }, weights: weights)
        }
        guard left.count == groups else {
            return Measured(value: value, standardError: nil, freedom: 0, method: method)
        }
        let found = Jackknife.Found(value, left, used: groups)
        return Measured(
            value: value, standardError: found.variance.squareRoot().ifFinite, freedom: Double(groups - 1),
            parts: left, method: method)
    }
}

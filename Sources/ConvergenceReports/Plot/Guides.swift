import Foundation

extension Guide {
    /// Space between a guide and the nearest point, as a factor.
    private static let clearance = 1.5

    /// The line y = c·x^exponent that runs just above or just below all points, over their range of x.
    ///
    /// - Returns: Nil where the points have fewer than two values of x, or none is positive.
    package static func along(
        _ points: [(x: Double, y: Double)], exponent: Double, label: String, side: Side
    ) -> Guide? {
        let points = points.filter { $0.x > 0 && $0.y > 0 && $0.y.isFinite }
        guard let low = points.map(\.x).min(), let high = points.map(\.x).max(), low < high else {
            return nil
        }
        let factors = points.map { $0.y / pow($0.x, exponent) }
        guard let smallest = factors.min(), let largest = factors.max() else { return nil }
        let factor = side == .above ? largest * clearance : smallest / clearance
        return Guide(
            exponent: exponent, label: label, side: side,
            start: (low, factor * pow(low, exponent)), end: (high, factor * pow(high, exponent)))
    }
}

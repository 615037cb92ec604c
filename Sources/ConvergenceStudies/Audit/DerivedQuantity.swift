import Foundation
import NumericalMethods

/// A number that belongs to a whole curve: a scalar over the points of a sweep with one key.
public enum DerivedQuantity: String, CaseIterable, Sendable {
    /// Where a cubic through the points about the largest value has its maximum.
    case peakPosition = "peak-position"
    /// That maximum.
    case peakHeight = "peak-height"
    /// Where the curve first crosses zero.
    case zeroCrossing = "zero-crossing"
    /// The last value over the first.
    case ratio = "ratio"

    /// Whether it is a value of what is swept, and has that's unit.
    public var isPosition: Bool { self == .peakPosition || self == .zeroCrossing }

    /// Of a curve; nil where it has none: a peak at an end of the sweep, a curve of one sign.
    ///
    /// - Parameters:
    ///   - x: What is swept, ascending.
    ///   - y: The scalar.
    ///   - weights: Of the values, one over their variances; any one number where these are not known.
    package func value(x: [Double], y: [Double], weights: [Double]) -> Double? {
        switch self {
        case .peakPosition: Self.peak(x, y, weights)?.position
        case .peakHeight: Self.peak(x, y, weights)?.height
        case .zeroCrossing: Self.zeroCrossing(x, y)
        case .ratio: y.first.flatMap { first in first == 0 ? nil : y.last.map { $0 / first } }
        }
    }

    /// Fewer points leave nothing to tell a bad fit by.
    static let fewestPoints = 5

    private static func peak(
        _ x: [Double], _ y: [Double], _ weights: [Double]
    ) -> (position: Double, height: Double)? {
        guard x.count >= fewestPoints, let fit = try? PolynomialFit(x: x, y: y, weights: weights, degree: 3)
        else { return nil }
        // The maximum of the cubic within the sweep: on a fine grid first, since a cubic has two extrema.
        let grid = (0...200).map { x[0] + (x[x.count - 1] - x[0]) * Double($0) / 200 }
        let values = grid.map { fit($0) }
        let top = values.indices.max { values[$0] < values[$1] }!
        guard top > 0, top < grid.count - 1,
            let position = try? RootFinding.brent(
                between: grid[top - 1], and: grid[top + 1], { fit.slope($0) })
        else { return nil }
        return (position, fit(position))
    }

    private static func zeroCrossing(_ x: [Double], _ y: [Double]) -> Double? {
        guard let k = y.indices.dropLast().first(where: { y[$0] != 0 && (y[$0] > 0) != (y[$0 + 1] > 0) })
        else { return nil }
        return x[k] + (x[k + 1] - x[k]) * y[k] / (y[k] - y[k + 1])
    }
}

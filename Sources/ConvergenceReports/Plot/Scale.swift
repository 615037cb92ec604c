import Foundation

/// How an axis maps values to distances.
package enum Scale: Equatable {
    case linear
    case logarithmic
    /// Linear between ±`linearWithin`, logarithmic beyond, odd about zero.
    case symmetricLogarithmic(linearWithin: Double)

    /// Half the width of the linear part of a symmetric logarithmic axis, in decades.
    static let linearHalfWidth = 0.5

    /// Position of `value` along the axis, in units that are linear on the page.
    package func position(_ value: Double) -> Double {
        switch self {
        case .linear: return value
        case .logarithmic: return log10(value)
        case .symmetricLogarithmic(let core):
            let size = abs(value)
            let distance =
                size <= core ? Self.linearHalfWidth * size / core : Self.linearHalfWidth + log10(size / core)
            return value < 0 ? -distance : distance
        }
    }

    /// Whether the axis has a place for `value`.
    func shows(_ value: Double) -> Bool {
        abs(value) <= Axis.drawnSizes.upperBound
            && (self != .logarithmic || value >= Axis.drawnSizes.lowerBound)
    }
}

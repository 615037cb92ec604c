import Foundation

/// One axis of a plot: what it shows, between which values, with which ticks.
package struct Axis {
    /// Quantity with its unit in parentheses.
    var label: String
    var scale: Scale
    package var range: ClosedRange<Double>
    var ticks: Ticks

    /// Sizes beyond these are not drawn: differences and ratios of them would be infinite.
    static let drawnSizes = 1e-100...1e100

    package static func linear(_ label: String, _ values: [Double], padding: Double = 0.06) -> Axis {
        let range = linearRange(values.filter(Scale.linear.shows), padding: padding)
        return Axis(label: label, scale: .linear, range: range, ticks: .linear(range))
    }

    /// `padding` is the share of the axis left free at either end.
    package static func logarithmic(_ label: String, _ values: [Double], padding: Double = 0.06) -> Axis {
        let range = logarithmicRange(values.filter(Scale.logarithmic.shows), padding: padding)
        return Axis(label: label, scale: .logarithmic, range: range, ticks: .logarithmic(range))
    }

    /// A logarithmic axis whose ticks are the steps themselves.
    package static func steps(_ label: String, _ steps: [Double]) -> Axis {
        let range = logarithmicRange(steps, padding: 0.09)
        return Axis(label: label, scale: .logarithmic, range: range, ticks: .steps(steps))
    }

    /// Names side by side, at 0, 1, 2 …; where there is not room for all of them, every second is written, or every third.
    static func categories(_ label: String, _ names: [String]) -> Axis {
        let room = 56
        let stride = max(1, (names.reduce(0) { $0 + $1.count + 2 } + room - 1) / room)
        let ticks = names.enumerated().map { position, name in
            Tick(value: Double(position), label: position % stride == 0 ? name : "")
        }
        return Axis(
            label: label, scale: .linear, range: -0.4...Double(names.count) - 0.6,
            ticks: Ticks(major: ticks, minor: []))
    }

    static func symmetric(_ label: String, limit: Double, linearWithin core: Double) -> Axis {
        Axis(
            label: label, scale: .symmetricLogarithmic(linearWithin: core), range: -limit...limit,
            ticks: .symmetricLogarithmic(limit, linearWithin: core))
    }

    /// Distance of `value` from the lower end, as a share of the axis.
    package func share(_ value: Double) -> Double {
        let low = scale.position(range.lowerBound)
        let high = scale.position(range.upperBound)
        return (scale.position(value) - low) / (high - low)
    }

    private static func linearRange(_ values: [Double], padding: Double) -> ClosedRange<Double> {
        guard let low = values.min(), let high = values.max() else { return 0...1 }
        let size = max(abs(low), abs(high))
        // Values that agree to rounding are one value: their difference is not worth an axis.
        guard high - low > 1e-12 * size, size > .leastNormalMagnitude / .ulpOfOne else {
            let margin = size > .leastNormalMagnitude / .ulpOfOne ? size / 2 : 1
            return low - margin...low + margin
        }
        let margin = (high - low) * padding
        return low - margin...high + margin
    }

    private static func logarithmicRange(_ values: [Double], padding: Double) -> ClosedRange<Double> {
        guard let low = values.min(), let high = values.max() else { return 0.1...1 }
        guard high > low else { return low / 2...low * 2 }
        let margin = pow(high / low, padding)
        return low / margin...high * margin
    }
}

import Foundation

/// A labelled position on an axis.
package struct Tick: Equatable {
    package var value: Double
    package var label: String
}

/// The ticks of an axis: labelled ones, and short ones between them.
package struct Ticks: Equatable {
    package var major: [Tick]
    package var minor: [Double]

    /// Multiples of 1, 2 or 5 times a power of ten, about `count` of them.
    package static func linear(_ range: ClosedRange<Double>, count: Int = 5) -> Ticks {
        let span = range.upperBound - range.lowerBound
        guard span > 0, span.isFinite else {
            return Ticks(major: [Tick(value: range.lowerBound, label: decimal(range.lowerBound))], minor: [])
        }
        let rough = span / Double(count)
        let power = pow(10, log10(rough).rounded(.down))
        let candidates: [(factor: Double, parts: Double)] = [(1, 5), (2, 4), (5, 5), (10, 5)]
        let nice = candidates.first { $0.factor * power >= rough * 0.75 } ?? (10, 5)
        let step = nice.factor * power
        let major = multiples(of: step, in: range).map { value in
            Tick(value: value, label: label(value, step: step))
        }
        let minor = multiples(of: step / nice.parts, in: range).filter { value in
            !major.contains { abs($0.value - value) < step * 1e-6 }
        }
        return Ticks(major: major, minor: minor)
    }

    /// Powers of ten; below two decades also 2 and 5 times them; within a fraction of a decade, nice multiples.
    package static func logarithmic(_ range: ClosedRange<Double>) -> Ticks {
        let low = Int((log10(range.lowerBound) - 1e-9).rounded(.up))
        let high = Int((log10(range.upperBound) + 1e-9).rounded(.down))
        if high - low >= 1 {
            let stride = max(1, (high - low + 5) / 6)
            let exponents = (low...high).filter { $0 % stride == 0 }
            let major = exponents.map { Tick(value: pow(10, Double($0)), label: powerOfTen($0)) }
            return Ticks(major: major, minor: stride == 1 ? fine(range, factors: 2...9) : [])
        }
        let values = (fine(range, factors: 1...1) + fine(range, factors: 2...2) + fine(range, factors: 5...5))
        guard values.count >= 3 else { return linear(range, count: 4) }
        let major = values.sorted().map { Tick(value: $0, label: decimal($0)) }
        let minor = fine(range, factors: 2...9).filter { value in !values.contains(value) }
        return Ticks(major: major, minor: minor)
    }

    /// Zero and powers of ten on both sides of it.
    package static func symmetricLogarithmic(_ limit: Double, linearWithin core: Double) -> Ticks {
        let low = Int((log10(core) - 1e-9).rounded(.up))
        let high = Int((log10(limit) + 1e-9).rounded(.down))
        guard low <= high else { return linear(-limit...limit) }
        let stride = max(1, (high - low + 3) / 3)
        let labelled = (low...high).filter { (high - $0) % stride == 0 }
        let positive = labelled.map { Tick(value: pow(10, Double($0)), label: powerOfTen($0)) }
        let negative = positive.reversed().map { Tick(value: -$0.value, label: Numbers.minus + $0.label) }
        let minor = (low...high).filter { !labelled.contains($0) }.map { pow(10, Double($0)) }
        return Ticks(
            major: negative + [Tick(value: 0, label: "0")] + positive,
            minor: minor.map { -$0 } + minor)
    }

    /// The steps of a study, labelled as the fractions of a millisecond they are.
    static func steps(_ steps: [Double]) -> Ticks {
        Ticks(major: steps.sorted().map { Tick(value: $0, label: Numbers.step($0)) }, minor: [])
    }

    private static func multiples(of step: Double, in range: ClosedRange<Double>) -> [Double] {
        let first = Int((range.lowerBound / step - 1e-6).rounded(.up))
        let last = Int((range.upperBound / step + 1e-6).rounded(.down))
        return first > last ? [] : (first...last).map { Double($0) * step }
    }

    /// `factors` times every power of ten, inside the range.
    private static func fine(_ range: ClosedRange<Double>, factors: ClosedRange<Int>) -> [Double] {
        let low = Int(log10(range.lowerBound).rounded(.down))
        let high = Int(log10(range.upperBound).rounded(.up))
        return (low...high).flatMap { exponent in
            factors.map { Double($0) * pow(10, Double(exponent)) }
        }.filter { range.contains($0) }
    }

    private static func powerOfTen(_ exponent: Int) -> String {
        switch exponent {
        case 0: "1"
        case 1: "10"
        default: "10" + Superscript.text(exponent)
        }
    }

    private static func decimal(_ value: Double, digits: Int = 3) -> String {
        let rounded = Numbers.significant(value, digits: digits)
        return RoundedNumber(mantissa: Numbers.trimmingZeros(rounded.mantissa), exponent: rounded.exponent)
            .typeset
    }

    /// With the digits that tell neighbouring ticks apart.
    private static func label(_ value: Double, step: Double) -> String {
        let place = Int((log10(step) + 1e-9).rounded(.down))
        guard place < -4, value != 0 else {
            return Numbers.fixed(value, decimals: max(0, -place)).replacing("-", with: Numbers.minus)
        }
        let digits = Int((log10(abs(value)) + 1e-9).rounded(.down)) - place + 1
        return decimal(value, digits: max(1, digits))
    }
}

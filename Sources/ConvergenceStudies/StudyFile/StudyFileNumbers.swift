import Yams

/// What a number in a study file must fulfil, in words and as a test.
struct NumberRequirement: Sendable {
    /// Completes "is X but must …": `be positive`.
    var text: String
    var holds: @Sendable (Double) -> Bool

    static let finite = NumberRequirement(text: "be finite") { _ in true }
    static let positive = NumberRequirement(text: "be positive") { $0 > 0 }
    static let notNegative = NumberRequirement(text: "not be negative") { $0 >= 0 }
}

/// Numbers are plain decimal numerals, as YAML 1.2's core schema has them, without leading zeros.  Quoted ones, booleans
/// and the forms that only some readers of YAML take for numbers are refused rather than guessed at.
extension StudyFileValue {
    /// - Parameter remedy: A value that would be right: `give a time constant in ms, for example 20`.
    func number(_ requirement: NumberRequirement = .finite, remedy: String) -> Double? {
        guard let numeral = numeral("a number", remedy: remedy) else { return nil }
        guard numeral.wholeMatch(of: /[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?/) != nil,
            let number = Double(numeral)
        else {
            report("is \(description) where a number is wanted", remedy: remedy)
            return nil
        }
        guard number.isFinite else {
            report("is \(numeral), which is beyond what a 64-bit number holds", remedy: remedy)
            return nil
        }
        guard requirement.holds(number) else {
            report("is \(numeral) but must \(requirement.text)", remedy: remedy)
            return nil
        }
        return number
    }

    /// One number, which is then both ends, or the ends of a range.
    ///
    /// - Parameter disorder: What is wrong where the first is above the last.
    /// - Returns: The range, and where its upper end stands.
    func range(
        _ requirement: NumberRequirement, remedy: String, disorder: (_ first: Double) -> String
    ) -> (range: ClosedRange<Double>, last: StudyFileValue)? {
        guard case .sequence(let sequence) = node else {
            return number(requirement, remedy: remedy).map { ($0...$0, self) }
        }
        let ends = sequence.map { StudyFileValue(node: $0, keyPath: keyPath, problems: problems) }
        guard ends.count == 2 else {
            report("is a list of \(ends.count), where a range has two ends", remedy: remedy)
            return nil
        }
        let numbers = ends.map { $0.number(requirement, remedy: remedy) }
        guard let first = numbers[0], let last = numbers[1] else { return nil }
        guard first <= last else {
            report(disorder(first), remedy: remedy)
            return nil
        }
        return (first...last, ends[1])
    }

    func integer(in range: ClosedRange<Int128>, remedy: String) -> Int128? {
        guard let numeral = numeral("an integer", remedy: remedy) else { return nil }
        guard numeral.wholeMatch(of: /[-+]?(0|[1-9][0-9]*)/) != nil else {
            let integer = Double(numeral).flatMap(Int64.init(exactly:))
            report(
                "is \(description) where an integer is wanted",
                remedy: integer.map { "write an integer, all digits and nothing else: \($0)" } ?? remedy)
            return nil
        }
        guard let integer = Int128(numeral), range.contains(integer) else {
            report(
                "is \(numeral) but must lie between \(range.lowerBound) and \(range.upperBound)",
                remedy: remedy)
            return nil
        }
        return integer
    }

    /// A plain scalar that may be a number, and is the same one for every reader of YAML.
    ///
    /// - Parameter meaning: What is wanted, for the message: `a number`.
    private func numeral(_ meaning: String, remedy: String) -> String? {
        guard case .scalar(let scalar) = node, !isMissing else {
            report("is \(description) where \(meaning) is wanted", remedy: remedy)
            return nil
        }
        guard scalar.style == .plain else {
            report("is \(description) where \(meaning) is wanted", remedy: "remove the quotes; \(remedy)")
            return nil
        }
        if scalar.string.lowercased().wholeMatch(of: /[-+]?\.?(nan|inf|infinity)/) != nil {
            report("is \(scalar.string), which is no finite number", remedy: remedy)
            return nil
        }
        if let ambiguous = AmbiguousNumeral(scalar.string) {
            report(
                "is \(description) where \(meaning) is wanted, which to some readers of YAML is "
                    + ambiguous.readings.joined(separator: ", to others "),
                remedy: ambiguous.remedy)
            return nil
        }
        return scalar.string
    }
}

import SpikingNumerics

/// The patterns that an input can have.
extension StudyFileValue {
    /// - Parameter name: One of `poisson`, `times`, `pulse` and `uniform`.
    func pattern(_ name: String) -> ExternalInput.Pattern? {
        switch name {
        case "poisson": poisson()
        case "times": times()
        case "pulse": pulse()
        default: uniform()
        }
    }

    private func poisson() -> ExternalInput.Pattern? {
        guard let keys = mapping(keys: ["rate", "height"], example: "{rate: 0.5, height: 0.01}") else {
            return nil
        }
        let rate = keys.required("rate", example: "0.5")?
            .number(
                NumberRequirement(text: "lie between 0 and 1000") { (0...1000).contains($0) },
                remedy: "give the events per ms that each neuron receives, for example 0.5")
        let height = keys.required("height", example: "0.01")?.height()
        guard let rate, let height else { return nil }
        keys["rate"]?.warnOfRate(rate)
        return .poisson(rate: rate, height: height)
    }

    private func times() -> ExternalInput.Pattern? {
        guard let keys = mapping(keys: ["at", "height"], example: "{at: [10, 20], height: 0.1}") else {
            return nil
        }
        let remedy = "give times in ms, in ascending order, for example [10, 20]"
        let times = keys.required("at", example: "[10, 20]")
        let values = times?.list(of: "times", example: "[10, 20]")?
            .map { $0.number(.moderateAndNotNegative, remedy: remedy) }
        let height = keys.required("height", example: "0.1")?.height()
        guard let values, let height, !values.contains(nil) else { return nil }
        let numbers = values.compactMap { $0 }
        guard numbers == numbers.sorted() else {
            times?.report("the times are not in ascending order", remedy: remedy)
            return nil
        }
        return .times(numbers, height: height)
    }

    private func pulse() -> ExternalInput.Pattern? {
        let example = "{from: 20, until: 60, height: 0.02}"
        guard let keys = mapping(keys: ["from", "until", "height"], example: example) else { return nil }
        let remedy = "give a time in ms, for example \(example)"
        let start = keys.required("from", example: "20")?.number(.moderateAndNotNegative, remedy: remedy)
        let end = keys.required("until", example: "60")?.number(.moderateAndNotNegative, remedy: remedy)
        let height = keys.required("height", example: "0.02")?.height()
        guard let start, let end, let height else { return nil }
        guard start < end else {
            keys["until"]?.report(
                "the pulse ends at \(end.shortest) ms, but begins at \(start.shortest) ms", remedy: remedy)
            return nil
        }
        return .pulse(height: height, start: start, end: end)
    }

    private func uniform() -> ExternalInput.Pattern? {
        let example = "{low: 0, high: 0.02, interval: 1}"
        guard let keys = mapping(keys: ["low", "high", "interval"], example: example) else { return nil }
        let low = keys.required("low", example: "0")?.height()
        let high = keys.required("high", example: "0.02")?.height()
        let interval = keys.required("interval", example: "1")?
            .number(
                NumberRequirement(text: "lie between 0.001 and 1e9") { (0.001...1e9).contains($0) },
                remedy: "give in ms how long a value is held, for example 1")
        guard let low, let high, let interval else { return nil }
        guard low <= high else {
            keys["high"]?.report("is \(high.shortest), below low", remedy: "write it like \(example)")
            return nil
        }
        return .uniform(low: low, high: high, interval: interval)
    }

    private func height() -> Double? {
        number(
            .moderate,
            remedy: "give it in V-units/ms (of V itself: in V-units), for example 0.01")
    }
}

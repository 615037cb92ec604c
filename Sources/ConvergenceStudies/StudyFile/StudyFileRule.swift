import SpikingNumerics

/// The `rule` of a connection and the arguments that go with it.
extension StudyFileValue {
    /// What each rule takes.
    private static var rules: [(name: String, arguments: [String])] {
        [
            ("dense", []), ("fixed-in-degree", ["in_degree"]), ("erdos-renyi", ["probability"]),
            ("gaussian", ["probability", "width"]),
        ]
    }

    /// - Parameters:
    ///   - keys: The connection's.
    ///   - availableSources: How many neurons can project to one target; nil where that is not known.
    func rule(_ keys: StudyFileMapping, availableSources: Int?) -> RecurrentNetwork.Rule? {
        let names = Self.rules.map(\.name)
        guard let name = name("rule", among: names, help: "one of \(names.joined(separator: ", "))"),
            let rule = Self.rules.first(where: { $0.name == name }), hasOnly(rule, keys)
        else { return nil }
        switch name {
        case "fixed-in-degree":
            return argument("in_degree", of: rule, keys)?.inDegree(availableSources)
                .map(RecurrentNetwork.Rule.fixedInDegree)
        case "erdos-renyi":
            return argument("probability", of: rule, keys)?.probability()
                .map(RecurrentNetwork.Rule.erdosRenyi)
        case "gaussian":
            let probability = argument("probability", of: rule, keys)?.probability()
            let width = argument("width", of: rule, keys)?
                .number(
                    .moderateAndPositive,
                    remedy: "give it as a part of the ring that a population lies on, for example 0.2")
            guard let probability, let width else { return nil }
            return .gaussian(probability: probability, width: width)
        default: return .dense
        }
    }

    /// Arguments of other rules are errors, not ignored.
    private func hasOnly(_ rule: (name: String, arguments: [String]), _ keys: StudyFileMapping) -> Bool {
        let others = Set(Self.rules.flatMap(\.arguments)).subtracting(rule.arguments).sorted()
        let given = others.compactMap { keys[$0] }
        let wanted =
            rule.arguments.isEmpty ? "no argument" : rule.arguments.joined(separator: " and ")
        for value in given {
            value.report(
                "the rule \(rule.name) takes \(wanted)", remedy: "remove this key, or change the rule")
        }
        return given.isEmpty
    }

    private func argument(
        _ key: String, of rule: (name: String, arguments: [String]), _ keys: StudyFileMapping
    ) -> StudyFileValue? {
        if let value = keys[key] { return value }
        let examples = ["in_degree": "10", "probability": "0.1", "width": "0.2"]
        report(
            "the rule \(rule.name) takes \(rule.arguments.joined(separator: " and "))",
            remedy: "add `\(key): \(examples[key]!)`")
        return nil
    }

    private func inDegree(_ available: Int?) -> Int? {
        let remedy = "give how many different sources every target has, for example 10"
        let range = 1...Int128(StudyFileTopology.mostNeurons)
        guard let inDegree = integer(in: range, remedy: remedy) else { return nil }
        if let available, inDegree > available {
            report(
                "is \(inDegree), but there are only \(available) neurons to choose from",
                remedy: "lower it (no neuron projects to itself), or use the rule dense")
            return nil
        }
        return Int(inDegree)
    }

    private func probability() -> Double? {
        number(
            NumberRequirement(text: "lie between 0 and 1") { (0...1).contains($0) },
            remedy: "give a probability, for example 0.1")
    }
}

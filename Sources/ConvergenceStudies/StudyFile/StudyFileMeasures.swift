import SpikingNumerics

/// The `measures` key: names, and `{weak: observable}`.
extension StudyFileValue {
    func measures() -> [Study.MeasureChoice]? {
        list(of: "measures", example: "[strong-final, {weak: cos-V}]")?
            .unique("measure") {
                $0.measure(among: MeasureFamilies.names, observables: ["weak": MeasureCatalogue.observables])
            }
    }

    /// On the `measures` key.
    func checkSynchrony(_ problem: Problem) {
        let name = SynchronyBias().name
        guard problem.network.neuronCount == 1,
            let entry = node.sequence?.first(where: { $0.string == name })
        else { return }
        problems.add(
            entry.mark, keyPath, "\(name) is about two neurons or more", "remove \(name) from the measures")
    }

    /// - Parameters:
    ///   - names: What can be named here.
    ///   - observables: What those of them can be taken of that are nothing without: `{weak: cos-V}`.
    func measure(among names: [String], observables: [String: [String]]) -> Study.MeasureChoice? {
        if case .mapping = node { return measureWithObservable(observables) }
        if case .scalar(let scalar) = node, MeasureCatalogue.observables.contains(scalar.string) {
            report(
                "\(scalar.string) is an observable, not a measure", remedy: "write {weak: \(scalar.string)}")
            return nil
        }
        guard let name = name("measure", among: names, help: "`spikeverify list measures` shows all") else {
            return nil
        }
        guard let choices = observables[name] else { return .init(name: name) }
        report(
            "\(name == "weak" ? "weak errors need" : "\(name) needs") an observable",
            remedy: "write {\(name): \(choices[0])}, with one of \(choices.joined(separator: ", "))")
        return nil
    }

    private func measureWithObservable(_ observables: [String: [String]]) -> Study.MeasureChoice? {
        let names = observables.keys.sorted()
        guard let keys = mapping(keys: names, example: "{weak: cos-V}") else { return nil }
        let given = names.filter { keys[$0] != nil }
        guard given.count < 2 else {
            report("names \(given.count) measures", remedy: "keep one of \(given.joined(separator: ", "))")
            return nil
        }
        // An unknown key was reported.
        guard !given.isEmpty || node.mapping?.isEmpty == true else { return nil }
        let name = given.first ?? "weak"
        let choices = observables[name] ?? []
        return keys.required(name, example: "cos-V")?
            .name("observable", among: choices, help: "one of \(choices.joined(separator: ", "))")
            .map { .init(name: name, observable: $0) }
    }
}

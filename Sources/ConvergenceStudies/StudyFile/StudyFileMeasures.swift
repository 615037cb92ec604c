import SpikingNumerics

/// The `measures` key: names, and `{weak: observable}`.
extension StudyFileValue {
    func measures() -> [Study.MeasureChoice]? {
        list(of: "measures", example: "[strong-final, {weak: cos-V}]")?
            .unique("measure") { $0.measure(among: MeasureCatalogue.names) }
    }

    /// - Parameter names: What can be named here; an observable goes with `weak` only.
    func measure(among names: [String]) -> Study.MeasureChoice? {
        if case .mapping = node {
            return mapping(keys: ["weak"], example: "{weak: cos-V}")?
                .required("weak", example: "cos-V")?
                .name(
                    "observable", among: MeasureCatalogue.observables,
                    help: "`spikeverify list observables` shows all"
                )
                .map { .init(name: "weak", observable: $0) }
        }
        let observables = MeasureCatalogue.observables
        if case .scalar(let scalar) = node, observables.contains(scalar.string) {
            report(
                "\(scalar.string) is an observable, not a measure", remedy: "write {weak: \(scalar.string)}")
            return nil
        }
        guard let name = name("measure", among: names, help: "`spikeverify list measures` shows all") else {
            return nil
        }
        if name == "weak" {
            report(
                "weak errors need an observable",
                remedy: "write {weak: cos-V}, with one of \(observables.joined(separator: ", "))")
            return nil
        }
        return .init(name: name)
    }
}

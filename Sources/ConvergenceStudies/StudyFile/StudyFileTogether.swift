import SpikingNumerics

/// What keys of a study say to each other.
extension StudyFileMapping {
    /// The steps, and the sampling with the root cell that fits them where the file gives none.
    ///
    /// - Parameter sampled: The `sampling` section; nil where it was reported.
    func stepsAndSampling(_ sampled: Study.Sampling?) -> (steps: [Double]?, sampling: Study.Sampling?) {
        guard let value = required("steps", example: "[0.5, 0.25, 0.125]") else { return (nil, sampled) }
        let isChosen = self["sampling"]?.node.mapping?["root_cell"] == nil
        guard var sampling = sampled else { return (value.steps(rootCell: nil, isChosen: isChosen), nil) }
        if isChosen { sampling.rootCell = value.chosenRootCell() }
        let steps = value.steps(rootCell: sampling.rootCell, isChosen: isChosen)
        if isChosen, steps != nil { value.remarkOnRootCell(sampling.rootCell) }
        return (steps, sampling)
    }

    /// That of a study that names none, with a remark.
    func chosenReference(for problem: Problem, measures: [Study.MeasureChoice]) -> Study.Reference {
        let reference = ReferenceCatalogue.chosen(for: problem, measures: measures)
        self["problem"]?.problems.choose(
            "reference",
            "\(reference.kind.written) was chosen, the most accurate that knows this model and these measures"
        )
        return reference
    }

    /// Reports combinations that make no sense, all of them at once.
    ///
    /// - Parameter reference: Nil where it was reported; so are `steps` and `sampling`.
    func checkTogether(
        _ problem: Problem, reference: Study.Reference?, measures: [Study.MeasureChoice], steps: [Double]?,
        sampling: Study.Sampling?
    ) {
        self["measures"]?.checkProbes(problem)
        self["measures"]?.checkSynchrony(problem)
        self["integrators"]?.checkIntegrators(problem)
        if let reference { check(reference, problem: problem, measures: measures) }
        guard let steps, let sampling else { return }
        checkTimes(problem: problem, steps: steps, rootCell: sampling.rootCell)
        guard let reference else { return }
        if checkTimeConstants(problem, reference: reference, steps: steps) {
            self["integrators"]?.checkStability(problem, steps: steps, reference: reference)
        }
        self["reference"]?.checkFineGrid(reference, steps: steps, rootCell: sampling.rootCell)
    }
}

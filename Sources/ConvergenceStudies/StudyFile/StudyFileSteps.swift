import SpikingNumerics

/// The `steps` key, and how steps, duration, root cell and fine grid must fit together.
extension StudyFileValue {
    /// The finest step is the root cell divided by 2 to this power.
    private static var finestLevel: Int { 22 }
    /// Paths are held in memory between two boundaries of the coarsest step, so its ratio to the finest is limited.
    private static var largestRatio: Double { 0x1p10 }
    private static var largestRatioToFineGrid: Double { 0x1p16 }

    /// - Parameters:
    ///   - rootCell: In ms; nil where it was reported, so that steps cannot be checked against it.
    ///   - isChosen: Whether the program chose it, so that the file can be told how to do otherwise.
    func steps(rootCell: Double?, isChosen: Bool) -> [Double]? {
        let values = list(of: "steps", example: "[0.5, 0.25, 0.125]")
        let steps = values?.unique("step") { $0.step(rootCell: rootCell, isChosen: isChosen) }
        guard let steps, let coarsest = steps.max(), let finest = steps.min() else { return nil }
        guard coarsest / finest <= Self.largestRatio else {
            report(
                "the coarsest step, \(coarsest.shortest) ms, is more than 1024 times the finest, \(finest.shortest) ms",
                remedy: "split the study in two")
            return nil
        }
        return steps
    }

    static func isAdmissible(_ step: Double, rootCell: Double) -> Bool {
        TimeGrid(rootCell: rootCell).level(step: step).map { $0 <= finestLevel } ?? false
    }

    private func step(rootCell: Double?, isChosen: Bool) -> Double? {
        guard let step = number(.positive, remedy: "give a step in ms, for example 0.25"), let rootCell else {
            return nil
        }
        if Self.isAdmissible(step, rootCell: rootCell) { return step }
        let other =
            isChosen
            ? " (any steps will do that are 2, 4, 8, … times the finest)"
            : " (or leave out sampling.root_cell, which is then chosen to fit the steps)"
        report(
            "\(step.shortest) ms is not the root cell (\(rootCell.shortest) ms) divided by a power of two up to "
                + "2^\(Self.finestLevel)",
            remedy: Self.nearestSteps(to: step, rootCell: rootCell) + other)
        return nil
    }

    /// Names the admissible step below and the one above; at the ends of the range there is only one.
    private static func nearestSteps(to step: Double, rootCell: Double) -> String {
        let levels = (0...finestLevel).map { rootCell / Double(1 << $0) }
        return nearest("admissible step", [levels.first { $0 < step }, levels.last { $0 > step }])
    }

    func checkFineGrid(_ reference: Study.Reference, steps: [Double], rootCell: Double) {
        guard let coarsest = steps.max(), let finest = steps.min(),
            let fine = reference.kind.grid(finestStep: finest)?.step
        else { return }
        if coarsest / fine > Self.largestRatioToFineGrid || rootCell / fine > 0x1p32 {
            report(
                "the fine grid's step would be \(fine) ms, too fine for a coarsest step of \(coarsest.shortest) ms",
                remedy: "lower the factor, split the study in two, or use exact-event")
        }
    }
}

extension StudyFileMapping {
    /// The duration (and a burn-in) against the steps and the root cell.
    func checkTimes(problem: Problem, steps: [Double], rootCell: Double) {
        guard let section = self["problem"], let coarsest = steps.max() else { return }
        var burnIn = 0.0
        if case .stationary(let time) = problem.initial { burnIn = time }
        guard (problem.duration + burnIn) / rootCell < 0x1p31 else {
            section.child("duration").report(
                "\(problem.duration + burnIn) ms are more than 2^31 root cells of \(rootCell.shortest) ms",
                remedy: "simulate a shorter time, or make sampling.root_cell larger")
            return
        }
        let grid = TimeGrid(rootCell: rootCell)
        // All steps are power-of-two fractions of one cell: a multiple of the coarsest is one of every step.
        guard let level = grid.level(step: coarsest),
            grid.ticks(duration: problem.duration, level: level) == nil
        else {
            return
        }
        let below = (problem.duration / coarsest).rounded(.down)
        section.child("duration").report(
            "\(problem.duration.shortest) ms is not a multiple of h = \(coarsest.shortest) ms",
            remedy: nearest("multiple", [below > 0 ? below * coarsest : nil, (below + 1) * coarsest]))
    }
}

extension StudyFileValue {
    /// The value of a key, or where there is none the mapping that it would be in.
    func child(_ key: String) -> StudyFileValue {
        guard let node = node.mapping?[key] else { return self }
        return StudyFileValue(node: node, keyPath: "\(keyPath).\(key)", problems: problems)
    }
}

/// `the nearest KIND is 4` or `the nearest KINDs are 2 and 4`.
private func nearest(_ kind: String, _ values: [Double?]) -> String {
    let numbers = values.compactMap { $0?.shortest }
    return "the nearest \(kind)\(numbers.count == 1 ? " is" : "s are") \(numbers.joined(separator: " and "))"
}

extension Double {
    /// As a person would write it: 100 rather than 100.0.
    var shortest: String {
        let text = "\(self)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

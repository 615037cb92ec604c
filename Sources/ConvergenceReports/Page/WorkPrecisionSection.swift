import ConvergenceStudies

/// What an error costs: figures of error against time.
struct WorkPrecisionSection {
    struct Panel {
        var workFigure: String
        var workFinding: String
    }

    let workMeaning =
        "The time is that of an integrator's own steps and spikes, in seconds of one core per path, without the noise, "
        + "which all integrators share. It was measured while the study ran, on the machine named under Provenance: "
        + "another machine, or a busier one, has other times. A part of it does not depend on the step, so coarse "
        + "steps take more than their share. Lines join the steps of an integrator, the finest at the right; lower left "
        + "is better. Under each figure stands who has the smallest resolved error; the lead changes only where "
        + "another's whole interval lies below the leader's, and times within a quarter of each other count as equal."
    var workPanels: [Panel]

    /// Nil where no two integrators can be compared.
    init?(_ result: StudyResult) {
        let figures = WorkPrecisionFigure.all(of: result)
        guard !figures.isEmpty else { return nil }
        workPanels = figures.map { Panel(workFigure: $0.plot.svg, workFinding: $0.finding) }
    }
}

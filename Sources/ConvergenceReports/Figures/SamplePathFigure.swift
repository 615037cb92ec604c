import ConvergenceStudies

/// One path drawn by the reference and by an integrator on the same noise: all of it, and its most delicate spike.
enum SamplePathFigure {
    static func overview(_ path: SamplePath) -> Plot {
        let end = (path.reference.times + path.tested.times).max() ?? 1
        var plot = drawing(path, window: 0...max(end, .leastNonzeroMagnitude), identifier: "path-overview")
        plot.title = "One path of V, \(path.reference.integrator) and \(path.tested.integrator)"
        plot.heading = "the whole path"
        plot.windows = closeUpWindow(path).map { [$0] } ?? []
        return plot
    }

    /// Nil where the path has no spike worth enlarging.
    static func closeUp(_ path: SamplePath) -> Plot? {
        guard let window = closeUpWindow(path) else { return nil }
        var plot = drawing(path, window: window, identifier: "path-close-up")
        plot.title = "Close-up of the slowest threshold crossing of that path"
        plot.heading = "its slowest crossing, enlarged"
        plot.series[1].markers = .small
        return plot
    }

    private static func closeUpWindow(_ path: SamplePath) -> ClosedRange<Double>? {
        guard path.closeUp.count == 2, path.closeUp[0] < path.closeUp[1] else { return nil }
        return path.closeUp[0]...path.closeUp[1]
    }

    private static func drawing(_ path: SamplePath, window: ClosedRange<Double>, identifier: String) -> Plot {
        let visible = [path.reference, path.tested].flatMap { trace in
            zip(trace.times, trace.voltages).filter { window.contains($0.0) }.map(\.1)
        }
        var horizontal = Axis.linear("time (ms)", [window.lowerBound, window.upperBound], padding: 0)
        horizontal.label = "time (ms)"
        var plot = Plot(
            identifier: identifier, title: "", description: description(path), horizontal: horizontal,
            vertical: .linear("V (V-units)", visible + [path.threshold, path.reset]))
        plot.series = [
            series(path.reference, name: path.reference.integrator, style: SeriesStyle(index: 0)),
            series(
                path.tested, name: "\(path.tested.integrator)\(step(path.tested))",
                style: SeriesStyle(index: 1)),
        ]
        plot.rugs = [
            Rug(name: "reference", style: SeriesStyle(index: 0), positions: path.reference.spikes),
            Rug(name: "tested", style: SeriesStyle(index: 1), positions: path.tested.spikes),
        ]
        plot.references = [ReferenceLine(direction: .horizontal, value: path.threshold, label: "threshold")]
        return plot
    }

    private static func series(_ trace: SamplePath.Trace, name: String, style: SeriesStyle) -> Series {
        let points = zip(trace.times, trace.voltages).map { Series.Point(x: $0, y: $1) }
        return Series(name: name, style: style, points: points, markers: .none, isThin: true)
    }

    private static func step(_ trace: SamplePath.Trace) -> String {
        trace.h.map { ", h = \(Numbers.step($0)) ms" } ?? ""
    }

    private static func description(_ path: SamplePath) -> String {
        "Path \(path.path), neuron \(path.neuron): \(path.reference.spikes.count) spikes of the reference, "
            + "\(path.tested.spikes.count) of \(path.tested.integrator)."
    }

    /// Where the error comes from, in the words of this path.
    static func caption(_ path: SamplePath) -> String {
        let reference = path.reference
        let tested = path.tested
        let speed = path.crossingSpeed.map {
            " There V reaches the threshold at only \(Numbers.significant($0, digits: 2).typeset) V-units/ms"
        }
        let consequence = speed.map {
            $0 + ": where V grazes the threshold, a small error of V is a large error of the spike time, "
                + "or a spike too many or too few."
        }
        return "Path \(path.path), neuron \(path.neuron), driven by the same noise in both solutions. "
            + "Between spikes the two curves stay close; an error of order one appears while one solution has been "
            + "reset and the other has not. "
            + counts(reference: reference.spikes.count, tested: tested.spikes.count, tested.integrator)
            + "The shaded part is enlarged beside it"
            + (consequence.map { "." + $0 } ?? ".")
            + " Dots are the grid points of \(tested.integrator)."
    }

    private static func counts(reference: Int, tested: Int, _ integrator: String) -> String {
        reference == tested
            ? "Both fire \(reference) spikes here. "
            : "The reference fires \(reference) spikes, \(integrator) fires \(tested). "
    }
}

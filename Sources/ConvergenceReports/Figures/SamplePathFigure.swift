import ConvergenceStudies

/// One path drawn by the reference and by an integrator on the same noise: all of it, and its most delicate spike.
enum SamplePathFigure {
    static func overview(_ path: SamplePath) -> Plot {
        let times = path.reference.times + path.tested.times
        let end = times.max() ?? 0
        let window = 0...(end > 0 ? end : 1)
        let voltages = path.reference.voltages + path.tested.voltages
        var plot = drawing(path, window: window, voltages: voltages, identifier: "path-overview")
        plot.title = "One path of V, \(path.reference.integrator) and \(path.tested.integrator)"
        plot.heading = "the whole path"
        plot.windows = Encounter(path).map { [$0.window] } ?? []
        return plot
    }

    /// Nil where the path has no spike worth enlarging.
    static func closeUp(_ path: SamplePath) -> Plot? {
        guard let encounter = Encounter(path) else { return nil }
        var plot = drawing(
            path, window: encounter.window, voltages: [path.threshold - encounter.depth],
            identifier: "path-close-up")
        plot.title = "Close-up of that path near the threshold"
        plot.heading =
            encounter.isParting ? "where the two come apart, enlarged" : "its slowest crossing, enlarged"
        plot.series[1].markers = .small
        return plot
    }

    private static func drawing(
        _ path: SamplePath, window: ClosedRange<Double>, voltages: [Double], identifier: String
    ) -> Plot {
        let lowest = voltages.min() ?? path.reset
        // Room above the threshold for its name.
        let headroom = path.threshold + 0.12 * (path.threshold - min(lowest, path.threshold))
        var plot = Plot(
            identifier: identifier, title: "", description: description(path),
            horizontal: .linear("time (ms)", [window.lowerBound, window.upperBound], padding: 0),
            vertical: .linear("V (V-units)", voltages + [path.threshold, headroom]))
        plot.series = [
            series(path.reference, name: path.reference.integrator, style: SeriesStyle(index: 0), in: window),
            series(
                path.tested, name: "\(path.tested.integrator)\(step(path.tested))",
                style: SeriesStyle(index: 1), in: window),
        ]
        plot.rugs = [
            Rug(name: "reference", style: SeriesStyle(index: 0), positions: path.reference.spikes),
            Rug(name: "tested", style: SeriesStyle(index: 1), positions: path.tested.spikes),
        ]
        plot.references = [ReferenceLine(direction: .horizontal, value: path.threshold, label: "threshold")]
        return plot
    }

    /// The points in the window and one on either side, so that the line reaches the frame.
    private static func series(
        _ trace: SamplePath.Trace, name: String, style: SeriesStyle, in window: ClosedRange<Double>
    ) -> Series {
        let times = trace.times
        let points = zip(times, trace.voltages).enumerated().filter { index, point in
            let next = index + 1 < times.count ? times[index + 1] : point.0
            let previous = index > 0 ? times[index - 1] : point.0
            return next >= window.lowerBound && previous <= window.upperBound
        }.map { Series.Point(x: $0.element.0, y: $0.element.1) }
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
        let tested = path.tested
        let opening =
            "Path \(path.path), neuron \(path.neuron), both solutions driven by the same noise. "
            + "Between spikes the curves stay close; an error of order one appears while one solution has been "
            + "reset and the other has not. "
            + counts(reference: path.reference.spikes.count, tested: tested.spikes.count, tested.integrator)
        guard let encounter = Encounter(path) else { return opening }
        let speed = path.crossingSpeed.map {
            " V crosses the threshold there at only \(Numbers.significant($0, digits: 2).typeset) V-units/ms; where it "
                + "grazes the threshold, a small error of V is a large error of the spike time, or a spike too many or "
                + "too few."
        }
        return opening + " The shaded part is enlarged in the second drawing: \(encounter.account)."
            + (speed ?? "") + " Dots are the grid points and spikes of \(tested.integrator)."
    }

    private static func counts(reference: Int, tested: Int, _ integrator: String) -> String {
        if reference == 0, tested == 0 { return "Neither fires here." }
        return reference == tested
            ? "Both fire \(spikes(reference)) here."
            : "The reference fires \(spikes(reference)), \(integrator) \(spikes(tested))."
    }

    private static func spikes(_ count: Int) -> String {
        "\(count) \(count == 1 ? "spike" : "spikes")"
    }
}

import ConvergenceStudies

/// What happens in the close-up of a sample path: who fires, and how near to the threshold the other one comes.
struct Encounter {
    let path: SamplePath
    let window: ClosedRange<Double>

    /// Nil where the path has no part worth enlarging.
    init?(_ path: SamplePath) {
        guard path.closeUp.count == 2, path.closeUp[0] < path.closeUp[1] else { return nil }
        self.path = path
        window = path.closeUp[0]...path.closeUp[1]
    }

    /// Whether one of the two fires here and the other does not.
    var isParting: Bool { spike(of: path.reference) == nil || spike(of: path.tested) == nil }

    /// How far below the threshold the drawing reaches, in V-units: the gap of the one that does not fire must be seen, and
    /// some of the way that both came.
    var depth: Double {
        let approach = [path.reference, path.tested].flatMap(approach).min() ?? path.reset
        let whole = max(path.threshold - approach, 0.01 * (path.threshold - path.reset))
        guard let gap else { return whole }
        return min(whole, max(Self.gapsShown * gap, 0.15 * whole))
    }

    private static let gapsShown = 10.0

    /// Distance to the threshold of the one that does not fire; nil where both fire or neither.
    private var gap: Double? {
        switch (spike(of: path.reference), spike(of: path.tested)) {
        case (nil, let spike?): gap(of: path.reference, near: spike)
        case (let spike?, nil): gap(of: path.tested, near: spike)
        default: nil
        }
    }

    private func spike(of trace: SamplePath.Trace) -> Double? {
        trace.spikes.first(where: window.contains)
    }

    /// Half the window is long enough to come near the threshold a little earlier or later than the other.
    private func gap(of trace: SamplePath.Trace, near spike: Double) -> Double? {
        let reach = 0.25 * (window.upperBound - window.lowerBound)
        let near = zip(trace.times, trace.voltages).filter { abs($0.0 - spike) <= reach }
        return near.map(\.1).max().map { max(0, path.threshold - $0) }
    }

    /// V before the first spike in the window.
    private func approach(_ trace: SamplePath.Trace) -> [Double] {
        let end = spike(of: trace) ?? .infinity
        return zip(trace.times, trace.voltages).filter { window.contains($0.0) && $0.0 < end }.map(\.1)
    }

    /// A clause about it.
    var account: String {
        let tested = path.tested.integrator
        let distance = gap.map { Numbers.significant($0, digits: 2).typeset } ?? ""
        switch (spike(of: path.reference), spike(of: path.tested)) {
        case (nil, let spike?):
            return
                "\(tested) fires at \(time(spike)) ms, while the reference comes no nearer to the threshold than "
                + "\(distance) V-units"
        case (let spike?, nil):
            return
                "the reference fires at \(time(spike)) ms, while \(tested) comes no nearer to the threshold than "
                + "\(distance) V-units"
        case (let exact?, let spike?):
            let delay = Numbers.significant(abs(spike - exact), digits: 2).typeset
            return "\(tested) fires \(delay) ms \(spike < exact ? "before" : "after") the reference"
        case (nil, nil):
            return "neither fires there"
        }
    }

    private func time(_ spike: Double) -> String {
        Numbers.trimmingZeros(Numbers.fixed(spike, decimals: 2))
    }
}

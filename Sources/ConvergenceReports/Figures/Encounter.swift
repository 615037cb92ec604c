import ConvergenceStudies

/// What happens in the close-up of a sample path: who fires, and how near to the threshold the other one comes.
struct Encounter {
    private enum Event {
        /// Only the tested solution fires, or only the reference, when the other one comes as near as `gap` (V-units).
        case extra(spike: Double, gap: Double)
        case missed(spike: Double, gap: Double)
        /// Both fire, the tested one so much later (ms).
        case displaced(by: Double)
    }

    let window: ClosedRange<Double>
    private let path: SamplePath
    private let event: Event

    /// Drawn below the threshold: so many gaps, so that the gap is seen.
    private static let gapsShown = 10.0

    /// Nil where there is no part worth enlarging: neither fires.
    init?(_ path: SamplePath) {
        guard path.closeUp.count == 2, path.closeUp[0] < path.closeUp[1] else { return nil }
        let window = path.closeUp[0]...path.closeUp[1]
        let exact = path.reference.spikes.first(where: window.contains)
        let tested = path.tested.spikes.first(where: window.contains)
        // The other one may come nearest a little earlier or later.
        let reach = 0.25 * (window.upperBound - window.lowerBound)
        func gap(_ trace: SamplePath.Trace, _ spike: Double) -> Double {
            let near = zip(trace.times, trace.voltages).filter { abs($0.0 - spike) <= reach }
            return max(0, path.threshold - (near.map(\.1).max() ?? path.reset))
        }
        switch (exact, tested) {
        case (nil, let spike?): event = .extra(spike: spike, gap: gap(path.reference, spike))
        case (let spike?, nil): event = .missed(spike: spike, gap: gap(path.tested, spike))
        case (let exact?, let spike?): event = .displaced(by: spike - exact)
        case (nil, nil): return nil
        }
        self.path = path
        self.window = window
    }

    /// Whether one of the two fires and the other does not.
    var isParting: Bool {
        if case .displaced = event { false } else { true }
    }

    /// How far below the threshold the drawing reaches, in V-units: to some of the way that both came.
    var depth: Double {
        let lowest = [path.reference, path.tested].flatMap(approach).min() ?? path.reset
        let whole = max(path.threshold - lowest, 0.01 * (path.threshold - path.reset))
        switch event {
        case .extra(_, let gap), .missed(_, let gap):
            return min(whole, max(Self.gapsShown * gap, 0.15 * whole))
        case .displaced: return whole
        }
    }

    /// V in the window before the first spike there.
    private func approach(_ trace: SamplePath.Trace) -> [Double] {
        let end = trace.spikes.first(where: window.contains) ?? .infinity
        return zip(trace.times, trace.voltages).filter { window.contains($0.0) && $0.0 < end }.map(\.1)
    }

    /// A clause about it.
    var account: String {
        let tested = path.tested.integrator
        func firing(_ one: String, at spike: Double, other: String, gap: Double) -> String {
            let time = Numbers.trimmingZeros(Numbers.fixed(spike, decimals: 2))
            let distance = Numbers.significant(gap, digits: 2).typeset
            return "\(one) fires at \(time) ms, while \(other) comes no nearer to the threshold than "
                + "\(distance) V-units"
        }
        switch event {
        case .extra(let spike, let gap):
            return firing(tested, at: spike, other: "the reference", gap: gap)
        case .missed(let spike, let gap):
            return firing("the reference", at: spike, other: tested, gap: gap)
        case .displaced(let delay):
            let size = Numbers.significant(abs(delay), digits: 2).typeset
            return "\(tested) fires \(size) ms \(delay < 0 ? "before" : "after") the reference"
        }
    }
}

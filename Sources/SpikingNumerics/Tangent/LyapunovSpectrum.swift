/// The Lyapunov exponents of a network along one path, as many as it has variables, from its spikes and their crossing speeds.
///
/// Orthonormal differences are carried along the path and orthonormalised again and again; the logarithms of their
/// growth, over time, are the exponents, the largest first.
///
/// Source: G. Benettin, L. Galgani, A. Giorgilli, J.-M. Strelcyn, Meccanica 15 (1980), doi:10.1007/BF02128236.
public struct LyapunovSpectrum: Sendable {
    /// Exponents in 1/ms after a time, in ms, since the burn-in.
    public struct Point: Sendable {
        public var time: Double
        public var exponents: [Double]
    }

    /// After each of some equal parts of the time that was averaged over, in order.
    public let series: [Point]

    /// The exponents in 1/ms over all of the time.
    public var exponents: [Double] { series.last!.exponents }

    /// - Parameters:
    ///   - problem: Without refractory periods and synapses that make V jump.
    ///   - spikes: Of each neuron, in order of time.
    ///   - burnIn: ms from the start, for differences to turn to where they belong; not averaged over.
    ///   - parts: How many points the series has.
    /// - Throws: `GSLError`.
    public init(problem: Problem, spikes: [[Spike]], burnIn: Double, parts: Int = 8) throws {
        precondition(burnIn >= 0 && burnIn < problem.duration && parts > 0)
        let size = TangentFlow.dimension(problem)
        var flow = TangentFlow(problem: problem, differences: .identity(size), time: 0)
        let times = Self.orthonormalisations(problem, burnIn: burnIn, parts: parts)
        var events = spikes.enumerated().flatMap { neuron, train in train.map { (neuron, $0) } }
            .sorted { $0.1.time < $1.1.time }[...]
        var growth = [Double](repeating: 0, count: size)
        var series: [Point] = []
        for (time, mark) in times {
            while let (neuron, spike) = events.first, spike.time <= time {
                flow.pass(spike, of: neuron)
                events.removeFirst()
            }
            flow.advance(to: time)
            let logarithms = try flow.orthonormalise()
            guard time > burnIn else { continue }
            for k in growth.indices { growth[k] += logarithms[k] }
            if mark {
                series.append(Point(time: time - burnIn, exponents: growth.map { $0 / (time - burnIn) }))
            }
        }
        self.series = series
    }

    /// Times at which differences are made orthonormal: at most a time constant apart, so that none outgrows another by
    /// much, and at the end of the burn-in and of each part, which is marked.
    private static func orthonormalisations(
        _ problem: Problem, burnIn: Double, parts: Int
    ) -> [(time: Double, isMark: Bool)] {
        let shortest = problem.models.shortestTimeConstant
        var times: [(time: Double, isMark: Bool)] = []
        func divide(from start: Double, to end: Double, isMark: Bool) {
            guard end > start else { return }
            let count = Int(((end - start) / shortest).rounded(.up))
            for k in 1..<count + 1 {
                let time = k == count ? end : start + Double(k) / Double(count) * (end - start)
                times.append((time, isMark && k == count))
            }
        }
        divide(from: 0, to: burnIn, isMark: false)
        let part = (problem.duration - burnIn) / Double(parts)
        for k in 0..<parts {
            divide(
                from: burnIn + Double(k) * part,
                to: k == parts - 1 ? problem.duration : burnIn + Double(k + 1) * part, isMark: true)
        }
        return times
    }
}

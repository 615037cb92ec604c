import SpikingNumerics

/// The synchrony of a case on one path, as numerator and denominator of a ratio over all paths.
struct NetworkStatistics {
    /// Components of `sums`.
    enum Component: Int, CaseIterable {
        /// Σ over spikes of the fraction of other neurons that fire within `SynchronyBias.lag`, and how many spikes there are.
        case company, spikes
    }

    /// In the order of the components.
    let sums: [Double]

    /// - Parameter trains: One per neuron, all in one window.
    init(_ trains: [SpikeTrain]) {
        let spikes = Double(trains.reduce(0) { $0 + $1.times.count })
        sums = [SynchronyBias.accompanied(trains), spikes]
    }
}

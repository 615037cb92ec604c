import SpikingNumerics

/// The variability and synchrony of a case on one path, as numerators and denominators of ratios over all paths.
struct NetworkStatistics {
    /// Components of `sums`.
    enum Component: Int, CaseIterable {
        /// Σ over trains with at least three spikes of the coefficient of variation of their intervals, and how many
        /// these are.
        case variation, variedTrains
        /// Σ over spikes of the fraction of other neurons that fire within `SynchronyBias.lag`, and how many spikes there are.
        case company, spikes
    }

    /// In the order of the components.
    let sums: [Double]

    /// - Parameter trains: One per neuron, all in one window.
    init(_ trains: [SpikeTrain]) {
        let variations = trains.compactMap(\.coefficientOfVariation)
        let spikes = Double(trains.reduce(0) { $0 + $1.times.count })
        sums = [variations.reduce(0, +), Double(variations.count), SynchronyBias.accompanied(trains), spikes]
    }
}

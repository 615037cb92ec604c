import SpikingNumerics

/// The variability and synchrony of a case on one path, as numerators and denominators of ratios over all paths.
struct NetworkStatistics {
    /// Spikes of two neurons no further apart than this, in ms, are fired together.
    static let lag = 1.0

    /// Components of `sums`.
    enum Component: Int, CaseIterable {
        /// Σ over trains with at least three spikes of the coefficient of variation of their intervals, and how many
        /// these are.
        case variation, variedTrains
        /// Σ over spikes of the fraction of other neurons that fire within `lag`, and how many spikes there are.
        case company, spikes
    }

    /// In the order of the components.
    let sums: [Double]

    /// - Parameter trains: One per neuron, all in one window.
    init(_ trains: [SpikeTrain]) {
        let variations = trains.compactMap(\.coefficientOfVariation)
        let spikes = Double(trains.reduce(0) { $0 + $1.times.count })
        // The trains share their window, so nothing is thrown.
        let together = (try! JointFiring.probability(within: [Self.lag], trains: trains))?[0] ?? 0
        sums = [variations.reduce(0, +), Double(variations.count), together * spikes, spikes]
    }
}

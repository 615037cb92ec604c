/// How far the membrane potentials of a population move together.
public enum PopulationSynchrony {
    /// χ², the variance in time of the population's mean potential over the mean of the neurons' own
    /// variances.
    ///
    /// 1 if all neurons do the same, 1/N on average for N independent and equal ones.  Golomb's χ is its
    /// root.
    ///
    /// Source: D. Golomb, J. Rinzel, Physica D 72 (1994), doi:10.1016/0167-2789(94)90214-3; D. Golomb,
    /// Scholarpedia 2 (2007), doi:10.4249/scholarpedia.1347.
    ///
    /// - Parameter voltages: `voltages[neuron][time]` in any one unit, finite, with the same times for all
    ///   neurons.
    /// - Returns: Nil if no potential ever changes, or there is none.
    public static func varianceRatio(voltages: [[Double]]) -> Double? {
        guard let reference = voltages.first else { return nil }
        precondition(voltages.allSatisfy { $0.count == reference.count }, "neurons have different times")
        // Relative to the first neuron, so that the mean of equal potentials is precisely that potential.
        let mean = reference.indices.map { time in
            let sum = voltages.reduce(0) { $0 + ($1[time] - reference[time]) }
            return reference[time] + sum / Double(voltages.count)
        }
        let single = voltages.reduce(0) { $0 + variance($1) } / Double(voltages.count)
        return single > 0 ? min(variance(mean) / single, 1) : nil
    }

    /// 0 precisely for a constant.
    private static func variance(_ values: [Double]) -> Double {
        guard let origin = values.first else { return 0 }
        let count = Double(values.count)
        let mean = values.reduce(0) { $0 + ($1 - origin) } / count
        return values.reduce(0) { $0 + ($1 - origin - mean) * ($1 - origin - mean) } / count
    }
}

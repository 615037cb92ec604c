import NumericalMethods

/// One step of a scheme as what it is on a linear neuron, an affine map of (V, I) and of the four functionals of the
/// noise: (V, I)' = transition (V, I) + offset + noise X.
package struct AffineStep: Hashable, Sendable {
    package private(set) var transition = Matrix(rows: 2, columns: 2)
    package private(set) var offset = Matrix(rows: 2, columns: 1)
    package private(set) var noise = Matrix(rows: 2, columns: 4)

    /// A power of two that drowns the offset, so that coefficients are read off to their own rounding.
    private static let unit = 0x1p60

    /// Feeds the scheme large states and functionals, side by side in its lanes: lane 0 is all zeros, lanes 1 and 2 have a
    /// unit of V and I, lanes 3 to 6 one of a functional.
    ///
    /// Nil where the scheme is not the map that this gives.
    package init?(_ scheme: some Scheme) {
        func unit(_ lane: Int) -> Lanes {
            var lanes = Lanes.zero
            lanes[lane] = Self.unit
            return lanes
        }
        var state = LaneState(voltage: unit(1), current: unit(2))
        scheme.advance(&state, noise: CellNoise(unit(3), unit(4), unit(5), unit(6)))
        for (row, ends) in [state.voltage, state.current].enumerated() {
            offset[row, 0] = ends[0]
            for k in 0..<2 { transition[row, k] = (ends[1 + k] - ends[0]) / Self.unit }
            for k in 0..<4 { noise[row, k] = (ends[3 + k] - ends[0]) / Self.unit }
        }
        takesIncrementsAlone = type(of: scheme).noise == .increments
        guard describes(scheme) else { return nil }
    }

    /// Whether a step takes of the noise a multiple of ΔW: of ΔW = X_0 + a X_1 + b X_2, the multiple is that of X_0.
    package let takesIncrementsAlone: Bool

    package func end(voltage: Double, current: Double, noise functionals: [Double]) -> (
        voltage: Double, current: Double
    ) {
        func row(_ k: Int) -> Double {
            offset[k, 0] + transition[k, 0] * voltage + transition[k, 1] * current
                + (0..<4).reduce(0) { $0 + noise[k, $1] * functionals[$1] }
        }
        return (row(0), row(1))
    }

    /// Whether the scheme goes where the map goes, up to rounding, from states of no particular kind.
    private func describes(_ scheme: some Scheme) -> Bool {
        let probes = (0..<6).map { k in
            var lanes = Lanes.zero
            for lane in 0..<8 { lanes[lane] = Double((7 * k + 5 * lane) % 11 - 5) / 4 }
            return lanes
        }
        var state = LaneState(voltage: probes[0], current: probes[1])
        scheme.advance(&state, noise: CellNoise(probes[2], probes[3], probes[4], probes[5]))
        return (0..<8).allSatisfy { lane in
            let end = end(
                voltage: probes[0][lane], current: probes[1][lane], noise: probes[2...].map { $0[lane] })
            return isRounding(end.voltage - state.voltage[lane], row: 0)
                && isRounding(end.current - state.current[lane], row: 1)
        }
    }

    private func isRounding(_ difference: Double, row: Int) -> Bool {
        var size = abs(offset[row, 0])
        for k in 0..<2 { size += abs(transition[row, k]) }
        for k in 0..<4 { size += abs(noise[row, k]) }
        // No probe is above 5/4, and no scheme has more than a hundred operations.
        return abs(difference) <= 128 * Double.ulpOfOne * size
    }
}

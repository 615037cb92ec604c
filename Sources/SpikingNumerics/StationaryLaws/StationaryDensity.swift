#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The stationary law of one neuron on a mesh, of the true process or of an integrator seen at its grid points.
package struct StationaryDensity: Sendable {
    package let mesh: PhaseMesh
    package let model: NeuronModel
    /// For each cell, V running fastest.  Cubic reconstruction lets them swing a little below 0 beside the reset, where
    /// the density jumps.
    package let masses: [Double]
    /// For each cell in I the mass at V = V_r; 0 for the true process.
    package let resetMasses: [Double]
    /// Mass per ms through the threshold, for each cell in I.
    package let thresholdFlux: [Double]

    /// Spikes per ms.
    package var firingRate: Double { thresholdFlux.reduce(0, +) }

    /// A in V-units/ms of the spikes from each cell in I; for an integrator, its own slope in the step of the spike.
    package let crossingSpeeds: [Double]
    /// d/dt log of a small difference in V between spikes, in 1/ms.
    package let leakRate: Double

    /// Where A is positive: A in V-units/ms and J(A), spikes per ms and unit of A.
    package var fluxDensity: [(speed: Double, density: Double)] {
        crossingSpeeds.indices.filter { crossingSpeeds[$0] > 0 }.map {
            (crossingSpeeds[$0], thresholdFlux[$0] / mesh.currentWidth($0))
        }
    }

    /// λ_V = -1/τ_m + ∫ J(A) log(1 + (V_th - V_r)/(τ_m A)) dA, in 1/ms; for an integrator its own leak for -1/τ_m.
    package var lyapunovExponent: Double {
        fluxMean { model.logSaltation(crossingSpeed: $0) } + leakRate
    }

    /// ∫ J(A) f(A) dA.
    package func fluxMean(_ f: (Double) -> Double) -> Double {
        zip(crossingSpeeds, thresholdFlux).reduce(0) { $1.0 > 0 ? $0 + $1.1 * f($1.0) : $0 }
    }

    /// E f(V), from the averages of f over the cells; Simpson's rule is exact for cubics, as is the mesh.
    package func mean(ofVoltage f: (Double) -> Double) -> Double {
        let averages = (0..<mesh.rows).map { row in
            let (low, high) = (mesh.voltageFaces[row], mesh.voltageFaces[row + 1])
            return (f(low) + 4 * f((low + high) / 2) + f(high)) / 6
        }
        var sum = f(model.reset) * resetMasses.reduce(0, +)
        for column in 0..<mesh.columns {
            let first = mesh.index(row: 0, column: column)
            for row in 0..<mesh.rows { sum += averages[row] * masses[first + row] }
        }
        return sum
    }

    /// E f(I).
    package func mean(ofCurrent f: (Double) -> Double) -> Double {
        (0..<mesh.columns).reduce(0) { sum, column in
            let first = mesh.index(row: 0, column: column)
            let mass = masses[first..<first + mesh.rows].reduce(resetMasses[column], +)
            return sum + mass * f(mesh.currents[column])
        }
    }
}

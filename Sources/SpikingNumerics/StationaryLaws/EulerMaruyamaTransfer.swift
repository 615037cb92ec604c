import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// What a step of Euler and Maruyama's scheme, with resets on the grid, does to the law of (V, I) on a mesh.
///
///     V' = V + h (-(V - E_L)/τ_m + μ + I);    V' ≥ V_th  →  V' := V_r;    I' = I - h I/τ_s + σ √h ξ
///
/// V' is certain given (V, I), so its law comes from the cumulative mass at the points that a step takes to the faces.
/// I' is that of an Ornstein-Uhlenbeck process with e^{-h/τ'} = 1 - h/τ_s and the right variance, so its law comes
/// from the same discrete operator as the true one's.  Hence the operator of a step tends to the Fokker-Planck
/// operator *on the same mesh* as h → 0, and the difference of their stationary laws is that of the processes, without
/// the mesh's own error in either.
///
/// A neuron that has just been reset is at V_r exactly; a step later it is laid down in the cells about
/// V_r + h a, mean and next moments right.
struct EulerMaruyamaTransfer {
    private let generator: FokkerPlanckGenerator
    private let step: Double
    private let synaptic: Matrix
    /// For each cell in I and each face, where the mass below that face was a step before.
    private let origins: [CumulativeMass.Stencil]
    /// For each cell in I where the mass at the reset goes.
    private let departures: [CumulativeMass.Stencil]

    private var mesh: PhaseMesh { generator.mesh }
    private var model: NeuronModel { generator.model }

    /// - Parameter step: h in ms, below both time constants.
    /// - Throws: `FokkerPlanckError`.
    init(_ generator: FokkerPlanckGenerator, step: Double) throws(FokkerPlanckError) {
        let (mesh, model) = (generator.mesh, generator.model)
        precondition(step > 0 && step < min(model.membraneTimeConstant, model.synapticTimeConstant))
        self.generator = generator
        self.step = step
        let decay = 1 - step / model.synapticTimeConstant
        let timeConstant = -step / log(decay)
        let variance = model.noiseStrength * model.noiseStrength * step / (1 - decay * decay)
        let noise = (2 * variance / timeConstant).squareRoot()
        do {
            synaptic = try SynapticGenerator(mesh: mesh, timeConstant: timeConstant, noiseStrength: noise)
                .propagator(step)
        } catch {
            throw .solver(error)
        }
        origins = (0..<mesh.columns).flatMap { Self.origins(generator, step: step, column: $0) }
        departures = try mesh.currents.map { current throws(FokkerPlanckError) in
            let voltage = model.reset + step * model.slope(voltage: model.reset, current: current)
            guard voltage < model.threshold else { throw .leap(step: step) }
            // Neurons are reset where they move up, so nothing is to be laid down below.
            return generator.cumulative.deposit(at: max(voltage, model.reset))
        }
    }

    private static func origins(
        _ generator: FokkerPlanckGenerator, step: Double, column: Int
    ) -> [CumulativeMass.Stencil] {
        let (mesh, model) = (generator.mesh, generator.model)
        let rest = model.slope(voltage: 0, current: mesh.currents[column])
        let decay = 1 - step / model.membraneTimeConstant
        let crosses = generator.crossesThreshold(column: column)
        var cell = 0
        return mesh.voltageFaces.map { face in
            let origin = (face - step * rest) / decay
            if origin <= mesh.voltageFaces[0] || face == mesh.voltageFaces[0] {
                return .init(first: 0, weights: [])
            }
            if origin >= model.threshold { return .init(first: mesh.rows, weights: [1]) }
            while mesh.voltageFaces[cell + 1] < origin { cell += 1 }
            return generator.cumulative.value(at: origin, cell: cell, crossesThreshold: crosses)
        }
    }

    /// The stationary law at grid points.
    ///
    /// It solves p = G p, G a step for the mass in cells that takes mass across the threshold two steps ahead, over the
    /// reset to the cells beyond.  For the exact solution G would be e^{hL} nearly, and 1/2 - 1/(hL) inverts 1 - e^{hL}
    /// well enough that few iterations remain.
    ///
    /// - Throws: `FokkerPlanckError`.
    func stationaryDensity() throws(FokkerPlanckError) -> StationaryDensity {
        let start = generator.stationaryMasses
        let defect = zip(advance(start).masses, start).map { $0 - $1 }
        func smooth(_ v: [Double]) throws(FokkerPlanckError) -> [Double] {
            let relaxed = try generator.relaxation(of: v)
            return zip(v, relaxed).map { $0 / 2 + $1 / step }
        }
        let solution = try GMRES.solve(defect, tolerance: 1e-9, iterations: 200) {
            v throws(FokkerPlanckError) in
            let x = try smooth(v)
            return zip(x, advance(x).masses).map { $0 - $1 }
        }
        guard let solution else { throw .notConverged(step: step) }
        let correction = try smooth(solution)
        let masses = zip(start, correction).map { $0 + $1 }
        let (_, crossed) = advance(masses)
        let resets = mixed(crossed, rows: 1)
        let total = masses.reduce(0, +) + resets.reduce(0, +)
        return StationaryDensity(
            mesh: mesh, model: model, masses: masses.map { $0 / total },
            resetMasses: resets.map { $0 / total },
            thresholdFlux: crossed.map { $0 / (total * step) }, crossingSpeeds: crossingSpeeds,
            leakRate: log1p(-step / model.membraneTimeConstant) / step)
    }

    /// The slope of the step that crosses, from the middle of the voltages it can start at.
    private var crossingSpeeds: [Double] {
        mesh.currents.indices.map { column in
            let atThreshold = generator.crossingSpeed(column: column)
            // From V_th - h a, where the slope a is that much greater.
            return atThreshold * (1 + 0.5 * step / (model.membraneTimeConstant - step))
        }
    }

    /// - Returns: G p, and the mass that crosses the threshold in a step, for each cell in I.
    private func advance(_ masses: [Double]) -> (masses: [Double], crossed: [Double]) {
        var moved = [Double](repeating: 0, count: masses.count)
        var crossed = [Double](repeating: 0, count: mesh.columns)
        // One more face than the mesh has, above the threshold, where nothing is.
        var below = [Double](repeating: 0, count: mesh.rows + 2)
        for column in 0..<mesh.columns {
            let first = mesh.index(row: 0, column: column)
            for row in 0..<mesh.rows { below[row + 1] = below[row] + masses[first + row] }
            below[mesh.rows + 1] = below[mesh.rows]
            var last = 0.0
            for face in 0...mesh.rows {
                let origin = origins[column * (mesh.rows + 1) + face]
                var mass = 0.0
                for (k, weight) in origin.weights.enumerated() { mass += weight * below[origin.first + k] }
                if face > 0 { moved[first + face - 1] = mass - last }
                last = mass
            }
            crossed[column] = below[mesh.rows] - last
        }
        for (column, mass) in mixed(crossed, rows: 1).enumerated() {
            let first = mesh.index(row: departures[column].first, column: column)
            for (k, share) in departures[column].weights.enumerated() { moved[first + k] += share * mass }
        }
        return (mixed(moved, rows: mesh.rows), crossed)
    }

    /// The masses after I has taken its step.
    private func mixed(_ masses: [Double], rows: Int) -> [Double] {
        var result = [Double](repeating: 0, count: masses.count)
        for to in 0..<mesh.columns {
            for from in 0..<mesh.columns {
                let share = synaptic[to, from]
                guard abs(share) > 1e-18 else { continue }
                for row in 0..<rows { result[to * rows + row] += share * masses[from * rows + row] }
            }
        }
        return result
    }
}

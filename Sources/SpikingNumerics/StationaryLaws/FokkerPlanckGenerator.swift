import NumericalMethods

/// The stationary Fokker-Planck equation of one neuron on a mesh,
///
///     0 = -∂_V (a p) + ∂_I (I/τ_s p) + σ²/2 ∂_I² p + δ(V - V_r) J,     a = -(V - E_L)/τ_m + μ + I,
///
/// with p = 0 at the threshold where a < 0, and J = a p there where a > 0.
///
/// Finite volumes: third-order upwind in V, Scharfetter and Gummel's fluxes in I.  The mass that crosses the threshold
/// comes back at the reset in the four nearest cells, with the right moments.  Cells are numbered with V running
/// fastest, so everything but the exchange between neighbours in I happens near the diagonal.
///
/// Once made it is only read, by as many threads as like to.
final class FokkerPlanckGenerator: @unchecked Sendable {
    let model: NeuronModel
    let mesh: PhaseMesh
    let cumulative: CumulativeMass
    private let system: BandedSystem
    /// The cell whose equation, which follows from all others, is given up.
    private let pinned: Int
    /// Masses of cells, 1 together.
    private(set) var stationaryMasses: [Double] = []

    /// - Throws: `FokkerPlanckError`.
    init(model: NeuronModel, resolution: Int) throws(FokkerPlanckError) {
        self.model = model
        mesh = try PhaseMesh(model: model, resolution: resolution)
        cumulative = CumulativeMass(mesh: mesh)
        pinned = Self.cellWithMass(model, mesh)
        do {
            system = try BandedSystem(size: mesh.cellCount, band: mesh.rows)
            addDriftAndResets()
            addSynapticCurrent()
            system.pin(pinned)
            try system.factor()
            var unit = [Double](repeating: 0, count: mesh.cellCount)
            unit[pinned] = 1
            let masses = try system.solve(unit)
            let total = masses.reduce(0, +)
            stationaryMasses = masses.map { $0 / total }
        } catch {
            throw .solver(error)
        }
    }

    /// Somewhere between reset and threshold, or at free V's mean below, at I = 0.
    private static func cellWithMass(_ model: NeuronModel, _ mesh: PhaseMesh) -> Int {
        let likely = min(model.asymptoticPotential, (model.reset + model.threshold) / 2)
        let row = mesh.voltageFaces.lastIndex { $0 <= likely } ?? 0
        let column = mesh.currents.indices.min { abs(mesh.currents[$0]) < abs(mesh.currents[$1]) }!
        return mesh.index(row: row, column: column)
    }

    private func addDriftAndResets() {
        let reinjected = cumulative.deposit(at: model.reset)
        for column in 0..<mesh.columns {
            let crosses = crossesThreshold(column: column)
            for face in 1...mesh.rows {
                let speed = model.slope(voltage: mesh.voltageFaces[face], current: mesh.currents[column])
                guard speed > 0 || face < mesh.rows else { continue }
                let cell = speed > 0 ? face - 1 : face
                let density = cumulative.density(face: face, cell: cell, crossesThreshold: crosses)
                for (k, weight) in density.weights.enumerated() {
                    let from = mesh.index(row: density.first + k, column: column)
                    let flux = speed * weight
                    system.add(-flux, row: mesh.index(row: face - 1, column: column), column: from)
                    if face < mesh.rows {
                        system.add(flux, row: mesh.index(row: face, column: column), column: from)
                    } else {
                        for (m, share) in reinjected.weights.enumerated() {
                            let to = mesh.index(row: reinjected.first + m, column: column)
                            system.add(flux * share, row: to, column: from)
                        }
                    }
                }
            }
        }
    }

    private func addSynapticCurrent() {
        let generator = SynapticGenerator(
            mesh: mesh, timeConstant: model.synapticTimeConstant, noiseStrength: model.noiseStrength)
        for k in generator.up.indices {
            for row in 0..<mesh.rows {
                let (left, right) = (mesh.index(row: row, column: k), mesh.index(row: row, column: k + 1))
                system.add(-generator.up[k], row: left, column: left)
                system.add(generator.up[k], row: right, column: left)
                system.add(-generator.down[k], row: right, column: right)
                system.add(generator.down[k], row: left, column: right)
            }
        }
    }

    /// Whether V moves up at the threshold.
    func crossesThreshold(column: Int) -> Bool { crossingSpeed(column: column) > 0 }

    /// A in V-units/ms.
    func crossingSpeed(column: Int) -> Double {
        model.slope(voltage: model.threshold, current: mesh.currents[column])
    }

    /// Mass per ms through the threshold, cell by cell in I.
    func thresholdFlux(_ masses: [Double]) -> [Double] {
        (0..<mesh.columns).map { column in
            guard crossesThreshold(column: column) else { return 0 }
            let density = cumulative.density(face: mesh.rows, cell: mesh.rows - 1, crossesThreshold: true)
            let first = mesh.index(row: density.first, column: column)
            let sum = density.weights.enumerated().reduce(0) { $0 + $1.element * masses[first + $1.offset] }
            return crossingSpeed(column: column) * sum
        }
    }

    /// The x of mass 0 that the generator turns into -v, for a v of mass 0.
    ///
    /// - Throws: `FokkerPlanckError`.
    func relaxation(of v: [Double]) throws(FokkerPlanckError) -> [Double] {
        var rightHandSide = v.map { -$0 }
        rightHandSide[pinned] = 0
        do {
            var x = try system.solve(rightHandSide)
            let excess = x.reduce(0, +)
            for k in x.indices { x[k] -= excess * stationaryMasses[k] }
            return x
        } catch {
            throw .solver(error)
        }
    }
}

extension FokkerPlanckGenerator {
    /// Of the true process.
    var stationaryDensity: StationaryDensity {
        StationaryDensity(
            mesh: mesh, model: model, masses: stationaryMasses,
            resetMasses: .init(repeating: 0, count: mesh.columns),
            thresholdFlux: thresholdFlux(stationaryMasses),
            crossingSpeeds: mesh.currents.indices.map { crossingSpeed(column: $0) },
            leakRate: -1 / model.membraneTimeConstant)
    }
}

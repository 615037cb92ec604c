import Foundation
import SpikingNumerics
import Testing

@Suite("Meshes in the plane of V and I")
struct PhaseMeshTests {
    static let models = [
        NeuronModel(), NeuronModel(drive: 0.03, noiseStrength: 0.03),
        NeuronModel(drive: 0.06, noiseStrength: 0.01),
        NeuronModel(membraneTimeConstant: 2, synapticTimeConstant: 20, noiseStrength: 0.1),
        // A = 0 four standard deviations of I above the mean, and nowhere on the mesh.
        NeuronModel(drive: 0.05 - 4 * 0.02 * 2.5.squareRoot()), NeuronModel(drive: 0.3),
        NeuronModel(
            membraneTimeConstant: 15, synapticTimeConstant: 3, restingPotential: -70, threshold: -50,
            reset: -60, drive: 1.2, noiseStrength: 1),
    ]

    @Test(
        "have the reset and the threshold among their faces, and narrow towards the threshold",
        arguments: models)
    func faces(model: NeuronModel) throws {
        let mesh = try PhaseMesh(model: model, resolution: 64)
        let faces = mesh.voltageFaces
        #expect(zip(faces, faces.dropFirst()).allSatisfy { $0 < $1 })
        #expect(faces[mesh.resetFace] == model.reset)
        #expect(abs(faces.last! - model.threshold) < 1e-12 * model.resetHeight)
        #expect(mesh.rows == mesh.resetFace + 64)
        let widths = (0..<mesh.rows).map { mesh.voltageWidth($0) }
        #expect(zip(widths, widths.dropFirst()).allSatisfy { $0 >= $1 * (1 - 1e-9) })
    }

    /// I is normal with the variance σ²τ_s/2, and only 1e-9 of it is beyond 6.1 standard deviations.
    @Test("span six standard deviations of I to either side, and little more", arguments: models)
    func currents(model: NeuronModel) throws {
        let mesh = try PhaseMesh(model: model, resolution: 64)
        let deviation = model.noiseStrength * (model.synapticTimeConstant / 2).squareRoot()
        #expect(zip(mesh.currentFaces, mesh.currentFaces.dropFirst()).allSatisfy { $0 < $1 })
        let ends = [-mesh.currentFaces.first!, mesh.currentFaces.last!].map { $0 / deviation }
        let widths = [mesh.currentWidth(0), mesh.currentWidth(mesh.columns - 1)].map { $0 / deviation }
        for (end, width) in zip(ends, widths) { #expect(end > 6.1 && end < 6.3 + width) }
        #expect((64...66).contains(mesh.columns))
    }

    /// After a reset, with I in its stationary law, V is normal with the mean V∞ + (V_r - V∞) e^{-t/τ_m} and the variance
    ///
    ///     ∫₀ᵗ∫₀ᵗ e^{-(x + y)/τ_m} σ²τ_s/2 e^{-|x - y|/τ_s} dx dy.
    @Test(
        "reach as far down as V gets after a reset, and at most two heights of a reset further",
        arguments: models)
    func depth(model: NeuronModel) throws {
        let mesh = try PhaseMesh(model: model, resolution: 64)
        let (a, b) = (1 / model.membraneTimeConstant, 1 / model.synapticTimeConstant)
        let variance = model.noiseStrength * model.noiseStrength / (2 * b)
        let lowest = (0...4000).map { k in
            let t = Double(k) * 0.005 / a
            let integral = -expm1(-2 * a * t) / (2 * a) + expm1(-(a + b) * t) / (a + b)
            let square = max(0, 2 * variance * integral / (b - a))
            let mean = model.asymptoticPotential + (model.reset - model.asymptoticPotential) * exp(-a * t)
            return mean - 6.1 * square.squareRoot()
        }.min()!
        #expect(mesh.voltageFaces[0] <= lowest)
        #expect(mesh.voltageFaces[0] > lowest - 2 * model.resetHeight)
    }
}

@Suite("Mass below V on a mesh")
struct CumulativeMassTests {
    /// Powers of V - V_r over a cell, on average: exactly, by the powers' integrals.
    private static func mean(of power: Int, _ mesh: PhaseMesh, row: Int, about center: Double) -> Double {
        let (low, high) = (mesh.voltageFaces[row] - center, mesh.voltageFaces[row + 1] - center)
        func integral(_ x: Double) -> Double { pow(x, Double(power + 1)) / Double(power + 1) }
        return (integral(high) - integral(low)) / (high - low)
    }

    @Test(
        "a deposit near the reset keeps the mean of every cubic polynomial",
        arguments: [0.0, 0.003, 0.05, 0.2])
    func deposit(height: Double) throws {
        let model = NeuronModel(reset: 0.3)
        let mesh = try PhaseMesh(model: model, resolution: 64)
        let voltage = model.reset + height
        let found = CumulativeMass(mesh: mesh).deposit(at: voltage)
        #expect(found.weights.count == 4)
        for power in 0...3 {
            let mean = found.weights.enumerated().reduce(0) { sum, cell in
                let row = found.first + cell.offset
                return sum + cell.element * Self.mean(of: power, mesh, row: row, about: model.reset)
            }
            #expect(abs(mean - pow(height, Double(power))) < 1e-12, "power \(power)")
        }
        // The nearest cells, two to either side.
        let faces = mesh.voltageFaces
        #expect(faces[found.first + 1] <= voltage && voltage <= faces[found.first + 3])
    }

    /// With all of the mass below one face: between faces the cumulative mass of any cubic density is a quartic, which
    /// cubics miss; that of a quadratic density they give exactly.
    @Test("is exact for quadratic densities, below the threshold and at it")
    func interpolation() throws {
        let model = NeuronModel()
        let mesh = try PhaseMesh(model: model, resolution: 64)
        let mass = CumulativeMass(mesh: mesh)
        let faces = mesh.voltageFaces
        // P(V) for the density 3 (V - a)², and p itself.
        let start = faces[0]
        func below(_ v: Double) -> Double { pow(v - start, 3) }
        for cell in [mesh.resetFace, mesh.rows - 4, mesh.rows - 1] {
            for share in [0.2, 0.7] {
                let v = faces[cell] + share * (faces[cell + 1] - faces[cell])
                let stencil = mass.value(at: v, cell: cell, crossesThreshold: true)
                let sum = stencil.weights.enumerated().reduce(0) {
                    $0 + $1.element * below(faces[stencil.first + $1.offset])
                }
                #expect(abs(sum / below(v) - 1) < 1e-9)
            }
            let masses = (0..<mesh.rows).map { below(faces[$0 + 1]) - below(faces[$0]) }
            let density = mass.density(face: cell + 1, cell: cell, crossesThreshold: true)
            let sum = density.weights.enumerated().reduce(0) {
                $0 + $1.element * masses[density.first + $1.offset]
            }
            #expect(abs(sum / (3 * pow(faces[cell + 1] - start, 2)) - 1) < 1e-9)
        }
    }

    /// Where V moves down at the threshold, nothing is above: in the last cell the mass below is the cubic through its
    /// faces, the face before and one as far above the threshold, where it is all of the mass again.
    @Test("is all there is above a threshold that V moves away from")
    func above() throws {
        let mesh = try PhaseMesh(model: NeuronModel(), resolution: 64)
        let faces = mesh.voltageFaces
        let top = faces[mesh.rows]
        let nodes = [faces[mesh.rows - 2], faces[mesh.rows - 1], top, 2 * top - faces[mesh.rows - 1]]
        let values = [0.7, 0.9, 1.0, 1.0]
        let v = top - 0.4 * (top - faces[mesh.rows - 1])
        let exact = nodes.indices.reduce(0.0) { sum, j in
            sum
                + nodes.indices.filter { $0 != j }.reduce(values[j]) {
                    $0 * (v - nodes[$1]) / (nodes[j] - nodes[$1])
                }
        }
        let stencil = CumulativeMass(mesh: mesh).value(at: v, cell: mesh.rows - 1, crossesThreshold: false)
        #expect(stencil.first == mesh.rows - 2)
        #expect(abs(zip(stencil.weights, values).reduce(0) { $0 + $1.0 * $1.1 } - exact) < 1e-12)
    }
}

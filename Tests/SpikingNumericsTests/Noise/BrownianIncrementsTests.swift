import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Brownian increments")
struct BrownianIncrementsTests {
    static let models = [
        NeuronModel(), NeuronModel(membraneTimeConstant: 5, synapticTimeConstant: 5),
        NeuronModel(membraneTimeConstant: 2, synapticTimeConstant: 30),
    ]

    /// The weights of X_0 … X_3 in ΔW and ΔZ.
    static func weights(_ model: NeuronModel) -> Matrix {
        let brownian = BrownianIncrements(model: model)
        var weights = Matrix(rows: 2, columns: 4)
        for k in 0..<4 {
            let unit = (0..<4).map { Lanes(repeating: $0 == k ? 1 : 0) }
            let noise = CellNoise(unit[0], unit[1], unit[2], unit[3])
            weights[0, k] = brownian.increment(noise)[0]
            weights[1, k] = brownian.integral(noise)[0]
        }
        return weights
    }

    /// var ΔW = h, var ΔZ = h³/3, cov(ΔW, ΔZ) = h²/2.
    @Test("have the covariance of Brownian motion and its integral", arguments: models)
    func covariance(_ model: NeuronModel) throws {
        for h in [0x1p-20, 0.125, 4] {
            let factor = Self.weights(model) * (try LinearFunctionals(model).choleskyFactor(h))
            let covariance = factor * factor.transposed
            // The factor's own tolerance, twice for the square; all terms are positive.
            let tolerance = 1024 * Double.ulpOfOne * max(1, h / 2)
            #expect(abs(covariance[0, 0] / h - 1) < tolerance)
            #expect(abs(covariance[1, 1] / (h * h * h / 3) - 1) < tolerance)
            #expect(abs(covariance[0, 1] / (h * h / 2) - 1) < tolerance)
        }
    }

    /// ΔZ = ∫(h-s) dW: the left half's increment goes on for the width of the right half.
    @Test("of two cells make those of both", arguments: models)
    func join(_ model: NeuronModel) {
        let (d, weights) = (0.5, Self.weights(model))
        let whole = weights * LinearFunctionals(model).transition(d)
        for k in 0..<4 {
            // A sum of four positive terms, which the transition gives to 24 roundings.
            let tolerance = 32 * Double.ulpOfOne * (1 + weights[0, k] + weights[1, k])
            #expect(abs(whole[0, k] - weights[0, k]) < tolerance)
            #expect(abs(whole[1, k] - (weights[1, k] + d * weights[0, k])) < tolerance)
        }
    }
}

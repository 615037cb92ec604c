import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("Receptors")
struct ReceptorTests {
    /// Equal, nearly equal and very different rates, in any order; GSL's matrix exponential knows nothing of them.
    @Test(
        "divided differences are entries of a matrix exponential",
        arguments: [
            [0.05, 0.2, 0.5], [0.2, 0.2, 0.2], [0.2, 0.2 + 1e-9, 0.2 - 1e-12], [0.1, 0.1, 3], [0, 0.5, 0.5],
            [0, 0, 0], [4, 0.01, 4],
        ], [1e-3, 0.1, 1, 7.5, 40])
    func differences(_ rates: [Double], _ u: Double) throws {
        var matrix = Matrix(rows: 3, columns: 3)
        for k in 0..<3 { matrix[k, k] = -rates[k] * u }
        for k in 0..<2 { matrix[k, k + 1] = u }
        let exponential = try matrix.exponential()
        // GSL squares its result up to ten times, each with a rounding of some ulps.
        let tolerance = 0x1p-40
        let first = ExponentialDifferences.first(rates[0], rates[1], u)
        #expect(abs(first - exponential[0, 1]) <= tolerance * exponential[0, 1])
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]] {
            let second = ExponentialDifferences.second(
                rates[order[0]], rates[order[1]], rates[order[2]], u)
            #expect(abs(second - exponential[0, 2]) <= tolerance * exponential[0, 2])
        }
    }

    static let kernels: [Receptor.Kernel] = [
        .exponential(decay: 7), .alpha(time: 3), .twoExponentials(rise: 1, decay: 20),
        .twoExponentials(rise: 20, decay: 1), .twoExponentials(rise: 3, decay: 3.0000001),
    ]

    @Test("a spike's current has the height and the area it says", arguments: kernels)
    func height(_ kernel: Receptor.Kernel) {
        let receptor = Receptor(kernel)
        let rates = ReceptorRates(receptor, leak: 0)
        func current(_ time: Double) -> Double {
            let step = ReceptorStep.exact(rates, time)
            return receptor.gain * (receptor.riseRate == nil ? step.currentDecay : step.currentOfRise)
        }
        // Near its top a parabola, of curvature below 1/ms²; the grid is .001 ms wide.
        let highest = stride(from: 0.0, through: 40, by: 0.001).map(current).max()!
        #expect(highest <= 1 + 1e-12 && highest > 1 - 1e-6)
        // The leak at 0, V is the integral.
        let step = ReceptorStep.exact(rates, 2000)
        let area = receptor.gain * (receptor.riseRate == nil ? step.voltageOfCurrent : step.voltageOfRise)
        #expect(abs(area - receptor.area) < 1e-12 * area)
    }

    /// On V, x and y, without noise.
    @Test("steps of schemes have the scheme's order", arguments: KnownScheme.all.map(\.name), kernels)
    func orders(_ name: String, _ kernel: Receptor.Kernel) throws {
        let scheme = KnownScheme.of(name)
        let receptor = Receptor(kernel)
        let rates = ReceptorRates(receptor, leak: 1 / 20.0)
        let start = receptor.riseRate == nil ? (x: 1.0, y: 0.0) : (x: 0.3, y: 1.0)
        func end(steps: Int) throws -> (v: Double, x: Double, y: Double) {
            let h = 8 / Double(steps)
            let model = NeuronModel(membraneTimeConstant: 20, drive: 0)
            let decay = scheme.type.init(model: model, step: h).voltageDecay(after: h)
            let found = scheme.type.receptorStep(rates, after: h)
            let step = try #require(found)
            var (v, x, y) = (0.0, start.x, start.y)
            for _ in 0..<steps {
                (v, x, y) = (
                    decay * v + step.voltageOfCurrent * x + step.voltageOfRise * y,
                    step.currentDecay * x + step.currentOfRise * y, step.riseDecay * y
                )
            }
            return (v, x, y)
        }
        let exact = ReceptorStep.exact(rates, 8)
        let truth = exact.voltageOfCurrent * start.x + exact.voltageOfRise * start.y
        let errors = try [4096, 8192].map { try abs(end(steps: $0).v - truth) }
        guard let order = scheme.deterministicOrder else {
            #expect(errors.allSatisfy { $0 < 1e-15 * 8192 })
            return
        }
        // What is left of the next power of h at h = 1/512 ms; exponential-euler's first nearly cancels for one of the kernels, and its
        // next, per ms, is some 10 times as large.
        #expect(abs(log2(errors[0] / errors[1]) - order) < 0.05)
    }

    /// A receptor that jumps with τ_s is what I is.
    @Test("an exponential receptor is what I is to a scheme", arguments: KnownScheme.all.map(\.name))
    func sameAsCurrent(_ name: String) throws {
        let type = KnownScheme.of(name).type
        let model = NeuronModel(membraneTimeConstant: 20, synapticTimeConstant: 5)
        let receptor = Receptor(.exponential(decay: 5))
        let scheme = type.init(model: model, step: 1)
        for elapsed in [0.1, 0.5, 1] {
            let found = type.receptorStep(ReceptorRates(receptor, leak: 1 / 20.0), after: elapsed)
            let step = try #require(found)
            let response = scheme.synapticResponse(after: elapsed)
            #expect(abs(step.voltageOfCurrent - response.voltage) < 8 * Double.ulpOfOne)
            #expect(abs(step.currentDecay - response.current) < 8 * Double.ulpOfOne)
        }
    }
}

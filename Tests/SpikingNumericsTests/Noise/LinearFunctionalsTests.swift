import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

/// Against covariances computed with 260 digits by Tests/Oracles/cell_covariance.py.
@Suite("Linear functionals of a cell")
struct LinearFunctionalsTests {
    struct Oracle: Decodable {
        struct Case: Decodable {
            var tau_m: Double
            var tau_s: Double
            var h: Double
            /// Decimal digits.
            var covariance: [[String]]
            var E: [[String]]
            var cholesky_X: [[String]]
        }
        var cases: [Case]
    }

    static let cases = try! Oracles.load("cell_covariance.json", as: Oracle.self).cases

    /// 32 nodes, n = 4 columns: the roundings of kernels, weights and reflections, of which a few hundred may add up;
    /// squaring doubles the relative error of a transition, as often as h exceeds the shorter time constant.
    static func tolerance(_ oracle: Oracle.Case) -> Double {
        256 * Double.ulpOfOne * max(1, oracle.h / min(oracle.tau_m, oracle.tau_s))
    }

    static func functionals(_ oracle: Oracle.Case) -> LinearFunctionals {
        LinearFunctionals(
            NeuronModel(membraneTimeConstant: oracle.tau_m, synapticTimeConstant: oracle.tau_s))
    }

    @Test("have the exact transition, entry by entry", arguments: cases.indices)
    func transition(_ k: Int) throws {
        let oracle = Self.cases[k]
        let transition = Self.functionals(oracle).transition(oracle.h)
        for i in 0..<4 {
            for j in 0...i {
                let expected = Double(oracle.E[i][j])!
                #expect(
                    abs(transition[i, j] - expected) <= Self.tolerance(oracle) * abs(expected),
                    "\(oracle.h) \(i),\(j)")
            }
            for j in (i + 1)..<4 { #expect(transition[i, j] == 0) }
        }
    }

    @Test("have the exact Cholesky factor", arguments: cases.indices)
    func choleskyFactor(_ k: Int) throws {
        let oracle = Self.cases[k]
        #expect(Self.tolerance(oracle) <= 1e-11)
        let factor = try Self.functionals(oracle).choleskyFactor(oracle.h)
        for i in 0..<4 {
            let scale = Double(oracle.covariance[i][i])!.squareRoot()
            for j in 0...i {
                #expect(
                    abs(factor[i, j] - Double(oracle.cholesky_X[i][j])!) <= Self.tolerance(oracle) * scale)
            }
        }
    }

    @Test("compose to the covariance of the double cell to 1e-12", arguments: cases.indices)
    func composition(_ k: Int) throws {
        let oracle = Self.cases[k]
        let functionals = Self.functionals(oracle)
        let half = try functionals.choleskyFactor(oracle.h / 2)
        let join = functionals.transition(oracle.h / 2)
        let left = join * half
        let composed = left * left.transposed + half * half.transposed
        for i in 0..<4 {
            for j in 0...i {
                let expected = Double(oracle.covariance[i][j])!
                #expect(abs(composed[i, j] - expected) <= 1e-12 * abs(expected), "\(oracle.h) \(i),\(j)")
            }
        }
    }

    @Test("give ΔW and ΔZ their exact covariances", arguments: cases.indices)
    func increments(_ k: Int) throws {
        let oracle = Self.cases[k]
        let factor = try Self.functionals(oracle).choleskyFactor(oracle.h)
        let covariance = factor * factor.transposed
        let (a, b) = (1 / oracle.tau_s, 1 / oracle.tau_m)
        for (index, weights) in [(4, [1, a, a * b, 0]), (5, [0, 1, a + b, a * b])] {
            var variance = 0.0
            for i in 0..<4 { for j in 0..<4 { variance += weights[i] * weights[j] * covariance[i, j] } }
            let expected = Double(oracle.covariance[index][index])!
            #expect(abs(variance - expected) <= 1e-12 * expected)
            for j in 0..<4 {
                let sum = (0..<4).reduce(0) { $0 + weights[$1] * covariance[$1, j] }
                let expected = Double(oracle.covariance[index][j])!
                #expect(abs(sum - expected) <= 1e-12 * abs(expected))
            }
        }
    }

    /// left = gain X + noise z must have the covariance of a half, and X the right covariance with it.
    @Test("split by the conditional law", arguments: cases.indices)
    func split(_ k: Int) throws {
        let oracle = Self.cases[k]
        let functionals = Self.functionals(oracle)
        let split = try functionals.split(halfWidth: oracle.h / 2)
        let whole = try functionals.choleskyFactor(oracle.h)
        let half = try functionals.choleskyFactor(oracle.h / 2)
        let wholeCovariance = whole * whole.transposed
        let halfCovariance = half * half.transposed
        let gained = split.gain * whole
        let leftCovariance = gained * gained.transposed + split.noise * split.noise.transposed
        let crossCovariance = split.gain * wholeCovariance
        let expectedCross = halfCovariance * split.join.transposed
        for i in 0..<4 {
            for j in 0..<4 {
                let scale = (halfCovariance[i, i] * halfCovariance[j, j]).squareRoot()
                #expect(abs(leftCovariance[i, j] - halfCovariance[i, j]) <= 1e-12 * scale)
                let crossScale = (halfCovariance[i, i] * wholeCovariance[j, j]).squareRoot()
                #expect(abs(crossCovariance[i, j] - expectedCross[i, j]) <= 1e-12 * crossScale)
            }
        }
    }
}

import Foundation
import SpikingNumerics
import Testing

/// The orders of every scheme without any Monte Carlo: on a linear equation with additive noise a step is a matrix on the
/// state and another on the cell's four functionals, so mean and covariance of (V, I) under the scheme and under the exact
/// propagator, on the same path, obey a linear recursion.
@Suite("Orders of the schemes by their exact moments")
struct SchemeMomentTests {
    static let model = CurrentLIF(
        membraneTimeConstant: 10, synapticTimeConstant: 4, restingPotential: 0.2, threshold: 1e9, drive: 0.03,
        noiseStrength: 0.3)

    /// x' = A x + B X + c for x = (V, I), found by applying the scheme to unit vectors.
    struct OneStep {
        var state = Matrix(rows: 2, columns: 2)
        var noise = Matrix(rows: 2, columns: 4)
        var constant = [0.0, 0.0]

        init<S: Scheme>(_ scheme: S) {
            constant = Self.apply(scheme, [0, 0], [0, 0, 0, 0])
            for j in 0..<2 {
                let column = Self.apply(scheme, j == 0 ? [1, 0] : [0, 1], [0, 0, 0, 0])
                for i in 0..<2 { state[i, j] = column[i] - constant[i] }
            }
            for j in 0..<4 {
                var unit = [0.0, 0, 0, 0]
                unit[j] = 1
                let column = Self.apply(scheme, [0, 0], unit)
                for i in 0..<2 { noise[i, j] = column[i] - constant[i] }
            }
        }

        private static func apply<S: Scheme>(_ scheme: S, _ x: [Double], _ functionals: [Double]) -> [Double]
        {
            var state = LaneState(voltage: .init(repeating: x[0]), current: .init(repeating: x[1]))
            let f = functionals.map { Lanes(repeating: $0) }
            scheme.advance(&state, noise: CellNoise(f[0], f[1], f[2], f[3]))
            return [state.voltage[0], state.current[0]]
        }
    }

    /// Strong error of V and I at T, and biases of E V, E I, Var V, Var I and Cov(V, I).
    struct Errors {
        var strong: [Double]
        var weak: [Double]
    }

    static func errors<S: Scheme>(_ type: S.Type, h: Double, duration: Double = 8) -> Errors {
        let tested = OneStep(S(model: model, step: h))
        let exact = OneStep(ExactPropagator(model: model, step: h))
        // In terms of (scheme - exact, exact), so that small errors are not differences of large moments.
        var matrix = Matrix(rows: 4, columns: 4)
        var noise = Matrix(rows: 4, columns: 4)
        for i in 0..<2 {
            for j in 0..<2 {
                matrix[i, j] = tested.state[i, j]
                matrix[i, j + 2] = tested.state[i, j] - exact.state[i, j]
                matrix[i + 2, j + 2] = exact.state[i, j]
            }
            for j in 0..<4 {
                noise[i, j] = tested.noise[i, j] - exact.noise[i, j]
                noise[i + 2, j] = exact.noise[i, j]
            }
        }
        let kick = noise * (try! LinearFunctionals(model).choleskyFactor(h))
        let constant = zip(tested.constant, exact.constant).map { $0 - $1 } + exact.constant
        var mean = [0, 0, 0.5, 0.1]
        var covariance = Matrix(rows: 4, columns: 4)
        for _ in 0..<Int(duration / h) {
            mean = (0..<4).map { i in constant[i] + (0..<4).reduce(0) { $0 + matrix[i, $1] * mean[$1] } }
            covariance = matrix * covariance * matrix.transposed + kick * kick.transposed
        }
        let strong = (0..<2).map { (mean[$0] * mean[$0] + covariance[$0, $0]).squareRoot() }
        // Cov(x + d, y + e) - Cov(x, y)
        let weak =
            [mean[0], mean[1]]
            + [(0, 0), (1, 1), (0, 1)].map { i, j in
                covariance[i, j] + covariance[i, j + 2] + covariance[i + 2, j]
            }
        return Errors(strong: strong, weak: weak)
    }

    /// - Parameters:
    ///   - strong: Observed strong order on this equation, which may exceed the declared one.
    static func check<S: Scheme>(_ type: S.Type, strong: Double) {
        let (coarse, fine) = (errors(type, h: 0x1p-5), errors(type, h: 0x1p-6))
        let finer = errors(type, h: 0x1p-7)
        for k in 0..<2 {
            // The next term of the expansion is h/τ of the first: 0x1p-6/4 = 0.4 %, or 0.006 in the order.
            let order = log2(fine.strong[k] / finer.strong[k])
            #expect(abs(order - strong) < 0.02, "\(S.name) strong \(k): \(order)")
        }
        #expect(strong >= S.declaredOrder.strong!, "\(S.name)")
        let scale = max(fine.weak.map(abs).max()!, 1e-300)
        // Only biases that stand clear of rounding have an order; the largest always does.
        for k in fine.weak.indices where abs(finer.weak[k]) > 1e-3 * scale {
            let order = log2(abs(fine.weak[k] / finer.weak[k]))
            #expect(order > S.declaredOrder.weak! - 0.03, "\(S.name) weak \(k): \(order)")
        }
        let largest = fine.weak.indices.max { abs(fine.weak[$0]) < abs(fine.weak[$1]) }!
        #expect(
            abs(log2(abs(coarse.weak[largest] / fine.weak[largest])) - S.declaredOrder.weak!) < 0.03,
            "\(S.name)")
    }

    @Test("first-order schemes are of first order")
    func firstOrder() {
        Self.check(EulerMaruyama.self, strong: 1)
        Self.check(ExponentialEuler.self, strong: 1)
        Self.check(SemiImplicitEuler.self, strong: 1)
    }

    @Test("Heun's scheme is of strong order 1 and weak order 2")
    func heun() { Self.check(Heun.self, strong: 1) }

    /// For a linear drift the two are the same scheme, and the first term they neglect, A² g ∫∫∫ dW ds ds, is of size
    /// h^{5/2} with mean zero: it adds up to h², half an order more than declared for general equations.
    @Test("SRA1 and the weak Taylor scheme are of weak order 2, and here of strong order 2")
    func higherOrder() {
        Self.check(SRA1.self, strong: 2)
        Self.check(WeakTaylor2.self, strong: 2)
        let (a, b) = (
            OneStep(SRA1(model: Self.model, step: 0.25)), OneStep(WeakTaylor2(model: Self.model, step: 0.25))
        )
        for i in 0..<2 {
            for j in 0..<4 { #expect(abs(a.noise[i, j] - b.noise[i, j]) < 1e-14) }
            for j in 0..<2 { #expect(abs(a.state[i, j] - b.state[i, j]) < 1e-14) }
        }
    }

    /// The stationary covariance of the linear system, from its Lyapunov equation solved by hand.
    @Test("the exact propagator has the stationary moments of the equation")
    func stationary() {
        let model = Self.model
        let (a, b, sigma) = (
            1 / model.synapticTimeConstant, 1 / model.membraneTimeConstant, model.noiseStrength
        )
        let step = OneStep(ExactPropagator(model: model, step: 0.5))
        let kick = step.noise * (try! LinearFunctionals(model).choleskyFactor(0.5))
        var covariance = Matrix(rows: 2, columns: 2)
        for _ in 0..<2000 {
            covariance = step.state * covariance * step.state.transposed + kick * kick.transposed
        }
        let current = sigma * sigma / (2 * a)
        let cross = current / (a + b)
        #expect(abs(covariance[1, 1] - current) < 1e-12 * current)
        #expect(abs(covariance[0, 1] - cross) < 1e-12 * cross)
        #expect(abs(covariance[0, 0] - cross / b) < 1e-12 * cross / b)
    }
}

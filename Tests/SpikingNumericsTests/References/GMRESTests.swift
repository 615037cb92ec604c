import Foundation
import NumericalMethods
import SpikingNumerics
import Testing

@Suite("GMRES")
struct GMRESTests {
    private static let matrix = (0..<6).map { i -> [Double] in
        (0..<6).map { j -> Double in i == j ? 3 : sin(Double(7 * i + 3 * j)) }
    }

    private static func apply(_ x: [Double]) -> [Double] {
        matrix.map { row -> Double in zip(row, x).reduce(0.0) { $0 + $1.0 * $1.1 } }
    }

    @Test("solves a system that is not symmetric")
    func solution() throws {
        let b = (0..<6).map { cos(Double($0)) }
        let x = try #require(GMRES.solve(b, tolerance: 1e-13, iterations: 6, apply: Self.apply))
        for (left, right) in zip(Self.apply(x), b) { #expect(abs(left - right) < 1e-12) }
    }

    /// No polynomial of a degree below 6 in a general matrix of 6 rows solves the system.
    @Test("ends where it is told to", arguments: [1, 3, 5])
    func limit(iterations: Int) {
        let b = (0..<6).map { cos(Double($0)) }
        #expect(GMRES.solve(b, tolerance: 1e-13, iterations: iterations, apply: Self.apply) == nil)
    }

    @Test("needs one iteration for each different eigenvalue")
    func eigenvalues() throws {
        let diagonal = [2.0, 5, 2, 2, 5]
        let b = [1.0, 2, 3, 4, 5]
        func apply(_ x: [Double]) -> [Double] { zip(diagonal, x).map { $0 * $1 } }
        let x = try #require(GMRES.solve(b, tolerance: 1e-13, iterations: 2, apply: apply))
        let exact: [Double] = zip(b, diagonal).map { $0 / $1 }
        for (found, expected) in zip(x, exact) { #expect(abs(found - expected) < 1e-12) }
        #expect(GMRES.solve(b, tolerance: 1e-13, iterations: 1, apply: apply) == nil)
        let nothing = [0.0, 0, 0, 0, 0]
        #expect(GMRES.solve(nothing, tolerance: 1e-13, iterations: 1, apply: apply) == nothing)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The generalised minimal residual method for an operator that is a function, which GSL's, for stored matrices, does
/// not take.
///
/// Source: Y. Saad, M. H. Schultz, SIAM J. Sci. Stat. Comput. 7 (1986), doi:10.1137/0907058.
package enum GMRES {
    /// The y that makes |b - A y| the least in the space spanned by b, Ab, A²b …, from y = 0.
    ///
    /// - Parameters:
    ///   - tolerance: Of |b - A y|/|b|.
    ///   - iterations: The largest number of applications of A.
    /// - Returns: Nil where the tolerance is not reached.
    package static func solve<Failure: Error>(
        _ b: [Double], tolerance: Double, iterations: Int, apply A: ([Double]) throws(Failure) -> [Double]
    ) throws(Failure) -> [Double]? {
        let size = norm(b)
        guard size > 0 else { return b }
        var basis = [b.map { $0 / size }]
        // Upper triangular, column by column: the Hessenberg matrix after the rotations.
        var triangle: [[Double]] = []
        var rotations: [(cosine: Double, sine: Double)] = []
        var residual = [size]
        while triangle.count < iterations {
            var next = try A(basis[triangle.count])
            var column = orthogonalise(&next, to: basis)
            for (k, rotation) in rotations.enumerated() {
                let (x, y) = (column[k], column[k + 1])
                column[k] = rotation.cosine * x + rotation.sine * y
                column[k + 1] = rotation.cosine * y - rotation.sine * x
            }
            let last = column.removeLast()
            let length = hypot(column.last!, last)
            rotations.append((column.last! / length, last / length))
            column[column.count - 1] = length
            triangle.append(column)
            let old = residual.removeLast()
            residual += [old * rotations.last!.cosine, -old * rotations.last!.sine]
            if abs(residual.last!) <= tolerance * size {
                return combine(basis, backSubstitute(triangle, residual))
            }
            basis.append(next)
        }
        return nil
    }

    /// Makes a vector orthogonal to the others, twice for rounding's sake, and of length 1.
    ///
    /// - Returns: Its components along the others, and its length before that became 1.
    private static func orthogonalise(_ vector: inout [Double], to basis: [[Double]]) -> [Double] {
        var components = [Double](repeating: 0, count: basis.count)
        for _ in 0..<2 {
            for (k, direction) in basis.enumerated() {
                let component = dot(vector, direction)
                components[k] += component
                for i in vector.indices { vector[i] -= component * direction[i] }
            }
        }
        let length = norm(vector)
        if length > 0 { for i in vector.indices { vector[i] /= length } }
        return components + [length]
    }

    private static func backSubstitute(_ triangle: [[Double]], _ right: [Double]) -> [Double] {
        var y = Array(right.prefix(triangle.count))
        for k in y.indices.reversed() {
            y[k] /= triangle[k][k]
            for i in 0..<k { y[i] -= triangle[k][i] * y[k] }
        }
        return y
    }

    private static func combine(_ basis: [[Double]], _ weights: [Double]) -> [Double] {
        var sum = [Double](repeating: 0, count: basis[0].count)
        for (weight, direction) in zip(weights, basis) {
            for i in sum.indices { sum[i] += weight * direction[i] }
        }
        return sum
    }

    private static func dot(_ a: [Double], _ b: [Double]) -> Double {
        var sum = 0.0
        for i in a.indices { sum += a[i] * b[i] }
        return sum
    }

    private static func norm(_ a: [Double]) -> Double { dot(a, a).squareRoot() }
}

import CGSL

/// A small dense matrix, for set-up computations only.
public struct Matrix: Hashable, Sendable {
    public let rows: Int
    public let columns: Int
    /// Entries by rows.
    public private(set) var entries: [Double]

    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
        self.entries = [Double](repeating: 0, count: rows * columns)
    }

    public static func identity(_ size: Int) -> Matrix {
        var matrix = Matrix(rows: size, columns: size)
        for i in 0..<size { matrix[i, i] = 1 }
        return matrix
    }

    public subscript(row: Int, column: Int) -> Double {
        get { entries[row * columns + column] }
        set { entries[row * columns + column] = newValue }
    }

    public var transposed: Matrix {
        var result = Matrix(rows: columns, columns: rows)
        for i in 0..<rows { for j in 0..<columns { result[j, i] = self[i, j] } }
        return result
    }

    public func scaled(by factor: Double) -> Matrix {
        var result = self
        for k in result.entries.indices { result.entries[k] *= factor }
        return result
    }

    public func stacked(on below: Matrix) -> Matrix {
        precondition(columns == below.columns)
        var result = Matrix(rows: rows + below.rows, columns: columns)
        result.entries = entries + below.entries
        return result
    }

    public static func + (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.rows == right.rows && left.columns == right.columns)
        var result = left
        for k in result.entries.indices { result.entries[k] += right.entries[k] }
        return result
    }

    public static func * (left: Matrix, right: Matrix) -> Matrix {
        precondition(left.columns == right.rows)
        var result = Matrix(rows: left.rows, columns: right.columns)
        for i in 0..<left.rows {
            for j in 0..<right.columns {
                for k in 0..<left.columns { result[i, j] += left[i, k] * right[k, j] }
            }
        }
        return result
    }

    /// The same for GSL; to be freed.
    ///
    /// - Throws: `GSLError.allocation`.
    func copyForGSL() throws(GSLError) -> UnsafeMutablePointer<gsl_matrix> {
        guard let copy = gsl_matrix_alloc(rows, columns) else { throw GSLError.allocation }
        for i in 0..<rows { for j in 0..<columns { gsl_matrix_set(copy, i, j, self[i, j]) } }
        return copy
    }

    /// The entries on and below the diagonal, by rows.
    public var lowerTriangle: [Double] {
        (0..<rows).flatMap { i in (0...i).map { self[i, $0] } }
    }
}

/// A = QR by Householder reflections (GSL), with the diagonal of R made positive.
public struct QRFactorization: Sendable {
    /// The square upper triangular factor R.
    public let triangle: Matrix
    private let fullOrthogonal: Matrix

    /// - Throws: `GSLError` if GSL refuses; A needs at least as many rows as columns.
    public init(_ matrix: Matrix) throws {
        GSLError.throwInsteadOfAborting
        let (m, n) = (matrix.rows, matrix.columns)
        let a = try matrix.copyForGSL()
        defer { gsl_matrix_free(a) }
        guard let q = gsl_matrix_alloc(m, m), let r = gsl_matrix_alloc(m, n),
            let tau = gsl_vector_alloc(min(m, n))
        else { throw GSLError.allocation }
        defer {
            gsl_matrix_free(q)
            gsl_matrix_free(r)
            gsl_vector_free(tau)
        }
        try GSLError.check(gsl_linalg_QR_decomp(a, tau))
        try GSLError.check(gsl_linalg_QR_unpack(a, tau, q, r))
        var triangle = Matrix(rows: n, columns: n)
        var orthogonal = Matrix(rows: m, columns: m)
        for k in 0..<m {
            let sign = k < n && gsl_matrix_get(r, k, k) < 0 ? -1.0 : 1.0
            for i in 0..<m { orthogonal[i, k] = sign * gsl_matrix_get(q, i, k) }
            if k < n { for j in k..<n { triangle[k, j] = sign * gsl_matrix_get(r, k, j) } }
        }
        self.triangle = triangle
        self.fullOrthogonal = orthogonal
    }

    /// A part of the full, square orthogonal factor Q.
    public func orthogonal(rows: Range<Int>, columns: Range<Int>) -> Matrix {
        var part = Matrix(rows: rows.count, columns: columns.count)
        for (i, row) in rows.enumerated() {
            for (j, column) in columns.enumerated() { part[i, j] = fullOrthogonal[row, column] }
        }
        return part
    }
}

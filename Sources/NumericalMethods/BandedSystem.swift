import CGSL

/// A square banded system of linear equations, factored by GSL with partial pivoting.
package final class BandedSystem {
    private let size: Int
    private let band: Int
    private let matrix: UnsafeMutablePointer<gsl_matrix>
    private let pivots: UnsafeMutablePointer<gsl_vector_uint>

    /// - Parameter band: How far from the diagonal entries reach, to either side.
    /// - Throws: `GSLError`.
    package init(size: Int, band: Int) throws(GSLError) {
        GSLError.throwInsteadOfAborting
        guard let matrix = gsl_matrix_calloc(size, 3 * band + 1), let pivots = gsl_vector_uint_alloc(size)
        else { throw GSLError.allocation }
        (self.size, self.band) = (size, band)
        (self.matrix, self.pivots) = (matrix, pivots)
    }

    deinit {
        gsl_matrix_free(matrix)
        gsl_vector_uint_free(pivots)
    }

    package func add(_ value: Double, row: Int, column: Int) {
        matrix.pointee.data[place(row: row, column: column)] += value
    }

    /// Makes an equation say that one unknown equals the right-hand side.
    package func pin(_ unknown: Int) {
        for column in max(0, unknown - band)...min(size - 1, unknown + band) {
            matrix.pointee.data[place(row: unknown, column: column)] = column == unknown ? 1 : 0
        }
    }

    /// GSL's banded storage: a row for each column of the matrix, with room for pivoting in front.
    private func place(row: Int, column: Int) -> Int {
        column * (3 * band + 1) + 2 * band + row - column
    }

    /// - Throws: `GSLError`.
    package func factor() throws(GSLError) {
        try GSLError.check(gsl_linalg_LU_band_decomp(size, band, band, matrix, pivots))
    }

    /// Only reads the factors, so that several threads may solve at a time.
    ///
    /// - Throws: `GSLError`.
    package func solve(_ rightHandSide: [Double]) throws(GSLError) -> [Double] {
        guard let vector = gsl_vector_alloc(size) else { throw GSLError.allocation }
        defer { gsl_vector_free(vector) }
        for k in 0..<size { vector.pointee.data[k] = rightHandSide[k] }
        try GSLError.check(gsl_linalg_LU_band_svx(band, band, matrix, pivots, vector))
        return Array(UnsafeBufferPointer(start: vector.pointee.data, count: size))
    }
}

import CGSL

extension Matrix {
    /// e^A by scaling and squaring (GSL), for a square matrix.
    ///
    /// - Throws: `GSLError`.
    package func exponential() throws(GSLError) -> Matrix {
        GSLError.throwInsteadOfAborting
        let matrix = try copyForGSL()
        defer { gsl_matrix_free(matrix) }
        guard let result = gsl_matrix_alloc(rows, columns) else { throw GSLError.allocation }
        defer { gsl_matrix_free(result) }
        try GSLError.check(gsl_linalg_exponential_ss(matrix, result, gsl_mode_t(GSL_PREC_DOUBLE)))
        var exponential = Matrix(rows: rows, columns: columns)
        for i in 0..<rows { for j in 0..<columns { exponential[i, j] = gsl_matrix_get(result, i, j) } }
        return exponential
    }
}

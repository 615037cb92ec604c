import CGSL

extension Matrix {
    /// The real parts of the eigenvalues of a square matrix, in no order (GSL's QR method).
    ///
    /// - Throws: `GSLError`.
    package func realPartsOfEigenvalues() throws(GSLError) -> [Double] {
        GSLError.throwInsteadOfAborting
        guard let matrix = gsl_matrix_alloc(rows, columns), let values = gsl_vector_complex_alloc(rows),
            let workspace = gsl_eigen_nonsymm_alloc(rows)
        else { throw GSLError.allocation }
        defer {
            gsl_matrix_free(matrix)
            gsl_vector_complex_free(values)
            gsl_eigen_nonsymm_free(workspace)
        }
        for i in 0..<rows { for j in 0..<columns { gsl_matrix_set(matrix, i, j, self[i, j]) } }
        try GSLError.check(gsl_eigen_nonsymm(matrix, values, workspace))
        return (0..<rows).map { gsl_vector_complex_get(values, $0).dat.0 }
    }

    /// Of a square matrix, by elimination (GSL).
    ///
    /// - Throws: `GSLError`.
    package func determinant() throws(GSLError) -> Double {
        GSLError.throwInsteadOfAborting
        guard let matrix = gsl_matrix_alloc(rows, columns), let permutation = gsl_permutation_alloc(rows)
        else { throw GSLError.allocation }
        defer {
            gsl_matrix_free(matrix)
            gsl_permutation_free(permutation)
        }
        for i in 0..<rows { for j in 0..<columns { gsl_matrix_set(matrix, i, j, self[i, j]) } }
        var sign: Int32 = 0
        try GSLError.check(gsl_linalg_LU_decomp(matrix, permutation, &sign))
        return gsl_linalg_LU_det(matrix, sign)
    }
}

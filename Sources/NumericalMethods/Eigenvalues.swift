import CGSL

extension Matrix {
    /// The real parts of the eigenvalues of a square matrix, in no order (GSL's QR method).
    ///
    /// - Throws: `GSLError`.
    package func realPartsOfEigenvalues() throws(GSLError) -> [Double] {
        GSLError.throwInsteadOfAborting
        let matrix = try copyForGSL()
        defer { gsl_matrix_free(matrix) }
        guard let values = gsl_vector_complex_alloc(rows),
            let workspace = gsl_eigen_nonsymm_alloc(rows)
        else { throw GSLError.allocation }
        defer {
            gsl_vector_complex_free(values)
            gsl_eigen_nonsymm_free(workspace)
        }
        try GSLError.check(gsl_eigen_nonsymm(matrix, values, workspace))
        return (0..<rows).map { gsl_vector_complex_get(values, $0).dat.0 }
    }

    /// Of a square matrix, by elimination (GSL).
    ///
    /// - Throws: `GSLError`.
    package func determinant() throws(GSLError) -> Double {
        GSLError.throwInsteadOfAborting
        let matrix = try copyForGSL()
        defer { gsl_matrix_free(matrix) }
        guard let permutation = gsl_permutation_alloc(rows) else { throw GSLError.allocation }
        defer { gsl_permutation_free(permutation) }
        var sign: Int32 = 0
        try GSLError.check(gsl_linalg_LU_decomp(matrix, permutation, &sign))
        return gsl_linalg_LU_det(matrix, sign)
    }
}

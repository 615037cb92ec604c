import CGSL

/// The nodes of Gauss-Legendre quadrature, by GSL.
package enum GaussLegendre {
    /// - Throws: `GSLError`.
    package static func nodes(
        _ count: Int, from low: Double, to high: Double
    ) throws -> [(position: Double, weight: Double)] {
        guard let table = gsl_integration_glfixed_table_alloc(count) else { throw GSLError.allocation }
        defer { gsl_integration_glfixed_table_free(table) }
        return try (0..<count).map { i in
            var (position, weight) = (0.0, 0.0)
            try GSLError.check(gsl_integration_glfixed_point(low, high, i, &position, &weight, table))
            return (position, weight)
        }
    }
}

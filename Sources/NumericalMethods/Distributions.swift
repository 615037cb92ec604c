import CGSL

/// The standard normal distribution, by GSL.
package enum NormalDistribution {
    /// P(X > x), accurate far into the tail.
    package static func above(_ x: Double) -> Double { gsl_cdf_ugaussian_Q(x) }

    /// The x with P(X > x) = `probability`.
    package static func quantile(above probability: Double) -> Double { gsl_cdf_ugaussian_Qinv(probability) }
}

/// Student's t distribution, by GSL.
package enum StudentDistribution {
    /// P(T > t), accurate far into the tail.
    package static func above(_ t: Double, freedom: Double) -> Double { gsl_cdf_tdist_Q(t, freedom) }

    /// The t with P(T > t) = `probability`.
    package static func quantile(above probability: Double, freedom: Double) -> Double {
        gsl_cdf_tdist_Qinv(probability, freedom)
    }

    /// The t with P(T < t) = `probability`.
    package static func quantile(below probability: Double, freedom: Double) -> Double {
        gsl_cdf_tdist_Pinv(probability, freedom)
    }
}

/// The beta distribution, by GSL.
package enum BetaDistribution {
    /// P(X < x), accurate far into the tail.
    package static func below(_ x: Double, _ a: Double, _ b: Double) -> Double { gsl_cdf_beta_P(x, a, b) }

    /// P(X > x), accurate far into the tail.
    package static func above(_ x: Double, _ a: Double, _ b: Double) -> Double { gsl_cdf_beta_Q(x, a, b) }
}

/// Riemann's zeta function, by GSL.
package enum RiemannZeta {
    package static func value(_ s: Double) -> Double { gsl_sf_zeta(s) }
}

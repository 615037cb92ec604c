import CGSL

/// Quantiles and intervals, from GSL's distribution functions.
enum Quantiles {
    /// Half-width of a two-sided confidence interval, in standard errors of a mean over n samples (Student's t).
    static func standardErrors(confidence: Double, samples: Int) -> Double {
        samples > 1 ? gsl_cdf_tdist_Pinv((1 + confidence) / 2, Double(samples - 1)) : .infinity
    }

    /// The Clopper-Pearson interval of a probability after `hits` of `trials`; its coverage is never below `confidence`.
    ///
    /// Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), doi:10.1093/biomet/26.4.404.
    static func clopperPearson(hits: Int, trials: Int, confidence: Double) -> (low: Double, high: Double) {
        let tail = (1 - confidence) / 2
        let (k, n) = (Double(hits), Double(trials))
        return (
            hits == 0 ? 0 : gsl_cdf_beta_Pinv(tail, k, n - k + 1),
            hits == trials ? 1 : gsl_cdf_beta_Qinv(tail, k + 1, n - k)
        )
    }
}

/// Every measure a study file can name.
public enum MeasureCatalogue {
    public static let names = [
        "strong-final", "strong-mean", "strong-jump-aware", "weak", "count-mismatch", "spike-times", "lyapunov",
    ]
    /// What a `weak` error can be the error of.
    public static let observables = ["cos-V", "exp-V2", "tanh-I", "spike-count"]
}

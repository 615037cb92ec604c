/// When a solution says nothing any more of the one that it stands for.
public enum Divergence {
    /// V or I (in V-units, and in these per ms) beyond this are no neuron's, whose parameters are at most 1e9.
    ///
    /// It leaves room for the fourth power of an error, summed over as many paths as there can be, and for the square of that.
    public static let limit = 1e30

    /// Whether a number is one that a neuron may come to.
    public static func isBounded(_ x: Double) -> Bool { abs(x) < limit }

    /// The number, or the limit where it is beyond that or none, so that sums stay numbers.
    public static func bounded(_ x: Double) -> Double {
        if isBounded(x) { return x }
        return x < 0 ? -limit : limit
    }

    /// The same for the mean of a square.
    public static func boundedSquare(_ x: Double) -> Double { x < limit * limit ? x : limit * limit }
}

extension PathComparison.Neuron {
    /// Whether the tested run is one to be compared at all.
    public var isBounded: Bool {
        Divergence.isBounded(testedVoltage) && Divergence.isBounded(testedCurrent)
            && meanSquaredError < Divergence.limit * Divergence.limit
    }
}

import NumericalMethods

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The part N(V) of dV/dt that is not linear in V, in V-units/ms.
///
/// A polynomial of any degree, of V or of V clipped to an interval, takes the place of the leak; an exponential stands
/// beside it.
public struct Nonlinearity: Hashable, Sendable {
    public enum Shape: Hashable, Sendable {
        /// Σ_k c_k V^k, lowest power first, in V-units/ms; with `clip`, of the nearest V in that interval.
        case polynomial(coefficients: [Double], clip: ClosedRange<Double>? = nil)
        /// (Δ_T/τ_m) e^{(V - V_T)/Δ_T}, in V-units: `sharpness` Δ_T > 0 and `softThreshold` V_T.
        case exponential(sharpness: Double, softThreshold: Double, membraneTimeConstant: Double)
    }

    public let shape: Shape
    /// Of the polynomial, the highest power first, as Horner's rule takes them; of an exponential, none.
    private let coefficients: [Double]
    private let low, high: Double
    /// Δ_T/τ_m e^{-V_T/Δ_T} would overflow; e^{(V - V_T)/Δ_T} is capped where V has left every threshold far behind.
    private let amplitude, sharpness, softThreshold: Double

    public init(_ shape: Shape) {
        self.shape = shape
        switch shape {
        case .polynomial(let coefficients, let clip):
            self.coefficients = coefficients.reversed()
            low = clip?.lowerBound ?? -.infinity
            high = clip?.upperBound ?? .infinity
            (amplitude, sharpness, softThreshold) = (0, 1, 0)
        case .exponential(let sharpness, let softThreshold, let membraneTimeConstant):
            coefficients = []
            (low, high) = (-.infinity, .infinity)
            amplitude = sharpness / membraneTimeConstant
            self.sharpness = sharpness
            self.softThreshold = softThreshold
        }
    }

    /// Whether dV/dt has no leak besides.
    public var replacesLeak: Bool {
        if case .polynomial = shape { true } else { false }
    }

    /// Beyond, an exponential counts no further: a step that ends there has crossed every threshold.
    private static let largestExponent = 100.0

    /// N(V).
    public func callAsFunction(_ v: Double) -> Double { jet(v).value }

    /// N, N' and N'' at V.  Outside the clip's interval the derivatives are 0.
    public func jet(_ v: Double) -> (value: Double, first: Double, second: Double) {
        if amplitude > 0 {
            let growth = amplitude * exp(min((v - softThreshold) / sharpness, Self.largestExponent))
            return (growth, growth / sharpness, growth / (sharpness * sharpness))
        }
        let x = min(max(v, low), high)
        var (value, first, halfSecond) = (0.0, 0.0, 0.0)
        for c in coefficients {
            halfSecond = halfSecond * x + first
            first = first * x + value
            value = value * x + c
        }
        return x == v ? (value, first, 2 * halfSecond) : (value, 0, 0)
    }

    /// N on eight paths.
    @inline(never)
    func values(_ v: Lanes) -> Lanes {
        if amplitude > 0 {
            var result = Lanes.zero
            for lane in 0..<8 { result[lane] = self(v[lane]) }
            return result
        }
        let x = v.clamped(lowerBound: .init(repeating: low), upperBound: .init(repeating: high))
        var value = Lanes.zero
        for c in coefficients { value = value * x + c }
        return value
    }

    /// N, N' and N'' on eight paths.
    @inline(never)
    func jets(_ v: Lanes) -> (value: Lanes, first: Lanes, second: Lanes) {
        var jets = (value: Lanes.zero, first: Lanes.zero, second: Lanes.zero)
        for lane in 0..<8 { (jets.value[lane], jets.first[lane], jets.second[lane]) = jet(v[lane]) }
        return jets
    }
}

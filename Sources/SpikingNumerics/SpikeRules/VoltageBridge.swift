#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// V under white noise between the two ends of a cell: an Ornstein-Uhlenbeck bridge, which in the time e^{2t/τ_m} and in units of
/// e^{t/τ_m} is a Brownian one.
struct VoltageBridge: Sendable {
    /// σ² τ_m sinh(d/τ_m), which takes the place of a Brownian bridge's σ² d.
    let variance: Double

    /// - Parameter width: d in ms.
    init(model: NeuronModel, width: Double) {
        let tau = model.membraneTimeConstant
        let noise = model.voltageNoise * model.voltageNoise
        variance = model.leakRate == 0 ? noise * width : noise * tau * sinh(width / tau)
    }

    /// Whether it reaches the threshold, which it starts below.
    ///
    /// - Parameters:
    ///   - a: How far below the threshold it starts.
    ///   - b: How far below it ends; negative above.
    ///   - uniform: On (0, 1); the answer is yes with the bridge's probability, exp(-2ab/variance).
    func isHit(from a: Double, to b: Double, _ uniform: Double) -> Bool {
        b <= 0 || uniform < exp(-2 * a * b / variance)
    }

    /// When a bridge that reaches the threshold does so first, as a fraction of its time d: s/(d - s) follows the inverse Gaussian
    /// law with mean a/|b| and shape a²/(σ² d), where d is short beside τ_m.
    ///
    /// Source: J. R. Michael, W. R. Schucany, R. W. Haas, Am. Stat. 30 (1976), doi:10.1080/00031305.1976.10479147.
    func hittingFraction(from a: Double, to b: Double, _ dice: CellDice) -> Double {
        guard variance > 0 else { return a / (a + abs(b)) }
        let inverseMean = abs(b) / a
        let ratio = dice.normal * dice.normal * variance / (2 * a * a)
        let root = (ratio * (ratio + 2 * inverseMean)).squareRoot()
        // The smaller root of a quadratic equation, without cancellation; the larger is mean²/smaller.
        let smaller = 1 / (inverseMean + ratio + root)
        if dice.branch * (1 + smaller * inverseMean) <= 1 { return smaller / (1 + smaller) }
        let larger = 1 / (inverseMean * inverseMean * smaller)
        return larger.isFinite ? larger / (1 + larger) : 1
    }
}

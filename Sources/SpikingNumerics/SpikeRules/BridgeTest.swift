/// Which steps a bridge may have crossed the threshold in, by their ends.
struct BridgeTest: Sendable {
    let threshold: Double
    /// Of the bridge: σ² h, or what takes its place.
    let variance: Double

    /// No deviate is as improbable as this logarithm of a probability, 9.2 standard deviations.
    private static let smallestLogarithm = -45.0

    @inline(__always)
    func mayCross(from start: LaneState, to end: LaneState) -> LaneMask {
        let product = (threshold - start.voltage) * (threshold - end.voltage)
        return (-2 * product .>= Self.smallestLogarithm * variance) .| (end.voltage .>= threshold)
    }

    /// Where neither end comes this near to the threshold, the product of their distances does not, either.
    var linearTest: CrossingTest {
        let near = threshold - (-0.5 * Self.smallestLogarithm * variance).squareRoot()
        return CrossingTest(
            endBound: near, start: CrossingTest.HalfPlane(voltage: 1, current: 0, bound: near))
    }
}

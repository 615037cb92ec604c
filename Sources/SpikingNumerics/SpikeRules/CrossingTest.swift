/// A rule's cautious test for a crossing, where it is linear in the ends of a step: there may be one only if
///
///     V_1 ≥ `endBound`,      a V_0 + b I_0 ≥ c,      or      a' V_1 + b' I_1 ≥ c'
///
/// for a step from (V_0, I_0) to (V_1, I_1), with the numbers of `start` and `end`.
public struct CrossingTest: Hashable, Sendable {
    /// voltage · V + current · I ≥ bound.
    public struct HalfPlane: Hashable, Sendable {
        public var voltage, current, bound: Double

        public init(voltage: Double, current: Double, bound: Double) {
            self.voltage = voltage
            self.current = current
            self.bound = bound
        }

        /// Holds nowhere.
        public static let never = HalfPlane(voltage: 0, current: 0, bound: .infinity)
    }

    public var endBound: Double
    public var start, end: HalfPlane

    public init(endBound: Double, start: HalfPlane = .never, end: HalfPlane = .never) {
        self.endBound = endBound
        self.start = start
        self.end = end
    }
}

/// A drive that rises (or falls) slowly in equal stairs, and may come back: what shows where a network jumps from one state to
/// another, and where it jumps back.
public struct DriveRamp: Hashable, Sendable {
    /// Neurons, and by how much their μ has changed at the far end, in V-units/ms.
    public struct Rise: Hashable, Sendable {
        public var neurons: Range<Int>
        public var height: Double

        public init(neurons: Range<Int>, height: Double) { (self.neurons, self.height) = (neurons, height) }
    }

    /// What is on the axis: the μ of some neurons, from `start` to `end`, in V-units/ms.
    public var key: String
    public var start: Double
    public var end: Double
    public var rises: [Rise]
    /// How long one way takes, in ms.
    public var time: Double
    /// How many stairs one way has.
    public var stairs: Int
    /// Whether it goes the same way back.
    public var comesBack: Bool

    public init(
        key: String, start: Double, end: Double, rises: [Rise], time: Double, stairs: Int, comesBack: Bool
    ) {
        precondition(time > 0 && stairs > 0, "a ramp takes time, and has a stair")
        (self.key, self.start, self.end, self.rises) = (key, start, end, rises)
        (self.time, self.stairs, self.comesBack) = (time, stairs, comesBack)
    }

    /// How long it takes in all, in ms.
    public var duration: Double { comesBack ? 2 * time : time }

    /// There, and back.
    public var stairsInAll: Int { comesBack ? 2 * stairs : stairs }

    /// Which stair a time lies on; the last at the end.
    public func stair(at time: Double) -> Int {
        min(stairsInAll - 1, max(0, Int(time / self.time * Double(stairs))))
    }

    /// The μ of a stair: the ramp's in its middle.
    public func value(stair: Int) -> Double {
        let step = stair < stairs ? stair : 2 * stairs - 1 - stair
        return start + (end - start) * (Double(step) + 0.5) / Double(stairs)
    }

    /// The same as jumps of the drive, for neurons whose μ is `start`.
    public var inputs: [ExternalInput] {
        let width = time / Double(stairs)
        let up = (1..<stairs).map { Double($0) * width }
        let down = comesBack ? (1..<stairs).map { time + Double($0) * width } : []
        return rises.flatMap { rise in
            let step = rise.height / Double(stairs)
            let patterns: [(times: [Double], height: Double)] = [([0], step / 2), (up, step), (down, -step)]
            return patterns.filter { !$0.times.isEmpty }.map {
                ExternalInput(.times($0.times, height: $0.height), jump: .drive, neurons: rise.neurons)
            }
        }
    }
}

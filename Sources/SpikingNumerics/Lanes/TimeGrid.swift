/// Time in integer ticks, 2^32 to a root cell, so that no two steps ever disagree about where a boundary lies.
public struct TimeGrid: Hashable, Sendable {
    public static let ticksPerRootCell = 1 << BrownianTree.depth

    /// Width of the root cell in ms.
    public let rootCell: Double

    public init(rootCell: Double) {
        self.rootCell = rootCell
    }

    /// Width of a cell of a level in ticks; level -k stands for 2^k root cells.
    @inlinable
    public static func ticks(level: Int) -> Int { ticksPerRootCell >> level }

    /// When a tick is, in ms.
    @inlinable
    public func time(_ tick: Int) -> Double {
        rootCell * (Double(tick) * 0x1p-32)
    }

    /// The level whose cells are `step` ms wide, or nil where the step is no power-of-two fraction of the root cell.
    public func level(step: Double) -> Int? {
        let ratio = rootCell / step
        guard ratio >= 1, ratio.isFinite, ratio.significand == 1, ratio.exponent <= BrownianTree.depth else {
            return nil
        }
        return Int(ratio.exponent)
    }

    /// A duration in ticks, or nil where it is not a whole number of cells of that level.
    public func ticks(duration: Double, level: Int) -> Int? {
        let cells = (duration / rootCell * Double(1 << level)).rounded()
        guard cells >= 1,
            cells * rootCell / Double(1 << level) == duration
                || abs(cells * rootCell / Double(1 << level) - duration) <= 4 * duration.ulp
        else { return nil }
        return Int(cells) * Self.ticks(level: level)
    }
}

/// Two spike trains seen in one window, to be compared.
///
/// Every distance is exactly 0 for identical trains, whatever they are, and never NaN.
public struct SpikeTrainPair: Hashable, Sendable {
    public let first: SpikeTrain
    public let second: SpikeTrain

    /// - Throws: `SpikeTrainError.unequalWindows`.
    public init(_ first: SpikeTrain, _ second: SpikeTrain) throws(SpikeTrainError) {
        guard first.window == second.window else { throw .unequalWindows(first.window, second.window) }
        self.first = first
        self.second = second
    }

    /// - Throws: `SpikeTrainError` unless both trains' times ascend in the window.
    public init(
        _ first: [Double], _ second: [Double], window: ClosedRange<Double>
    ) throws(SpikeTrainError) {
        self.first = try SpikeTrain(first, window: window)
        self.second = try SpikeTrain(second, window: window)
    }

    public var window: ClosedRange<Double> { first.window }
    /// Length of the window, ms.
    public var duration: Double { first.duration }
}

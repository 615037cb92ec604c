/// Why some times are no spike train, or some trains cannot be compared.
public enum SpikeTrainError: Error, Hashable, CustomStringConvertible {
    /// A window without a positive, finite length.
    case badWindow(ClosedRange<Double>)
    case outsideWindow(index: Int, time: Double, ClosedRange<Double>)
    case notAscending(index: Int)
    /// Trains seen in different windows: where one was not observed, silence and spikes cannot be told apart.
    case unequalWindows(ClosedRange<Double>, ClosedRange<Double>)

    public var description: String {
        switch self {
        case .badWindow(let window):
            "the window \(Self.text(window)) has no positive, finite length"
        case .outsideWindow(let index, let time, let window):
            "spike \(index) at \(time) ms is not in the window \(Self.text(window))"
        case .notAscending(let index):
            "spike \(index) comes before the spike in front of it; sort the times first"
        case .unequalWindows(let first, let second):
            "trains observed in different windows, \(Self.text(first)) and \(Self.text(second)); "
                + "cut both to the time both were observed"
        }
    }

    private static func text(_ window: ClosedRange<Double>) -> String {
        "\(window.lowerBound) … \(window.upperBound) ms"
    }
}

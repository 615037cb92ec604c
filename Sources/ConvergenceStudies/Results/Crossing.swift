/// A spike of the reference.
public struct Crossing: Equatable, Sendable {
    /// A result lists no more than this many.
    public static let limit = 250_000

    public var path: Int
    public var neuron: Int
    /// ms.
    public var time: Double
    /// dV/dt just before the reset, V-units/ms.
    public var speed: Double

    public init(path: Int, neuron: Int, time: Double, speed: Double) {
        self.path = path
        self.neuron = neuron
        self.time = time
        self.speed = speed
    }
}

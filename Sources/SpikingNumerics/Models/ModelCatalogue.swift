/// Every neuron model a study file can name.
public enum ModelCatalogue {
    public static let models = [
        (
            name: CurrentLIF.name,
            summary: "leaky integrate-and-fire, with noise through an exponential synaptic current"
        )
    ]

    public static var names: [String] { models.map(\.name) }
}

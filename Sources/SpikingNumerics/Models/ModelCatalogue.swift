/// Every neuron model a study file can name.
public enum ModelCatalogue {
    public static let families: [ModelFamily] = [.currentLIF, .whiteNoiseLIF, .nonlinearIF]

    public static var names: [String] { families.map(\.name) }

    /// The family that a neuron belongs to.
    public static func family(of model: NeuronModel) -> ModelFamily {
        if model.nonlinearity != nil { return .nonlinearIF }
        return model.noiseEntry == .voltage ? .whiteNoiseLIF : .currentLIF
    }

    public static func family(named name: String) -> ModelFamily? { families.first { $0.name == name } }
}

/// A model that study files can name: which parameters it has, and what they are where a file leaves them out.
public struct ModelFamily: Sendable {
    /// What of a neuron is no number.
    public enum Choice: String, Sendable, CaseIterable {
        /// `current` or `voltage`.
        case noiseEntry = "noise"
        /// The nonlinear f of τ dV/dt = f(V) + ….
        case nonlinearity = "f"
    }

    public var name: String
    public var summary: String
    public var parameters: [ModelParameter]
    public var choices: [Choice]
    /// What a study file's neuron is before its parameters are read.
    public var usual: NeuronModel

    public init(
        name: String, summary: String, parameters: [ModelParameter], choices: [Choice] = [],
        usual: NeuronModel
    ) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.choices = choices
        self.usual = usual
    }

    /// What `parameters` of a study file can hold.
    public var keys: [String] { choices.map(\.rawValue) + parameters.map(\.name) }
}

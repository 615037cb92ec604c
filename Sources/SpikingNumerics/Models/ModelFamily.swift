/// A model that study files can name: which parameters it has, and what they are where a file leaves them out.
public struct ModelFamily: Sendable {
    /// A parameter of a model, by its name in study files.
    public enum Parameter: String, Sendable, CaseIterable {
        case membraneTimeConstant = "tau_m"
        case synapticTimeConstant = "tau_s"
        case restingPotential = "E_L"
        case threshold = "V_th"
        case reset = "V_r"
        case drive = "mu"
        case noiseStrength = "sigma"
        case refractoryPeriod = "t_ref"
        /// `current` or `voltage`.
        case noiseEntry = "noise"
        /// The nonlinear f of τ dV/dt = f(V) + ….
        case nonlinearity = "f"
    }

    public var name: String
    public var summary: String
    public var parameters: [Parameter]
    /// What a study file's neuron is before its parameters are read.
    public var usual: NeuronModel

    public init(name: String, summary: String, parameters: [Parameter], usual: NeuronModel) {
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.usual = usual
    }
}

extension ModelFamily {
    /// A leaky integrate-and-fire neuron whose noise enters through the synaptic current,
    ///
    ///     dV = ( -(V - E_L)/τ_m + μ + I ) dt,      dI = -I/τ_s dt + σ dW.
    ///
    /// Source: X. Dou, F. Chen, K. K. Lin, Z.-C. Xiao, arXiv:2603.10854.
    public static let currentLIF = ModelFamily(
        name: "current-lif",
        summary: "leaky integrate-and-fire, with noise through an exponential synaptic current",
        parameters: [
            .membraneTimeConstant, .synapticTimeConstant, .restingPotential, .threshold, .reset, .drive,
            .noiseStrength, .refractoryPeriod,
        ],
        usual: NeuronModel())
}

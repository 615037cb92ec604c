extension ModelFamily {
    /// A nonlinear integrate-and-fire neuron,
    ///
    ///     τ_m dV/dt = f(V) + τ_m (μ + I),      dI = -I/τ_s dt,      σ dW in I or in V,
    ///
    /// where f is a polynomial of any degree, of V or of V clipped to an interval, the quadratic
    /// a (V - V_rest)(V - V_c), or the exponential -(V - E_L) + Δ_T e^{(V - V_T)/Δ_T}.
    ///
    /// Source: W. Gerstner, W. M. Kistler, R. Naud, L. Paninski, "Neuronal Dynamics", Cambridge 2014, chapter 5,
    /// doi:10.1017/CBO9781107447615; N. Fourcaud-Trocmé et al., J. Neurosci. 23 (2003),
    /// doi:10.1523/JNEUROSCI.23-37-11628.2003.
    public static let nonlinearIF = ModelFamily(
        name: "nonlinear-if",
        summary: "nonlinear integrate-and-fire: polynomial, quadratic or exponential, noise in I or in V",
        parameters: [
            .membraneTimeConstant, .synapticTimeConstant, .restingPotential, .threshold, .reset, .drive,
            .noiseStrength, .refractoryPeriod,
        ],
        choices: [.nonlinearity, .noiseEntry],
        usual: NeuronModel(
            membraneTimeConstant: 10, threshold: 2, reset: -1, drive: 0.05, noiseStrength: 0.02,
            nonlinearity: Nonlinearity(.polynomial(coefficients: [0, -0.1, 0.1]))))
}

extension ModelFamily {
    /// A leaky integrate-and-fire neuron with white noise in the voltage,
    ///
    ///     dV = ( -(V - E_L)/τ_m + μ + I ) dt + σ dW,      dI = -I/τ_s dt,
    ///
    /// where I is what synapses bring.  V is a diffusion, which crosses its threshold without a slope, and a scheme that
    /// looks at grid points only misses some crossings: its rates err by O(√h).  ``SiegertRate`` has the true rate.
    ///
    /// Source: N. Brunel, J. Comput. Neurosci. 8 (2000), doi:10.1023/A:1008925309027; A. N. Burkitt, Biol. Cybern. 95
    /// (2006), doi:10.1007/s00422-006-0068-6.
    public static let whiteNoiseLIF = ModelFamily(
        name: "white-noise-lif",
        summary: "leaky integrate-and-fire, with white noise in V",
        parameters: [
            .membraneTimeConstant, .synapticTimeConstant, .restingPotential, .threshold, .reset, .drive,
            .noiseStrength, .refractoryPeriod,
        ],
        // 20 V-units/s and 3 V-units/s^{1/2}, which fires at 4.3 Hz.
        usual: NeuronModel(drive: 0.02, noiseStrength: 3 / 1000.0.squareRoot(), noiseEntry: .voltage))
}

import NumericalMethods

extension StationaryLaw {
    /// The means of a leaky neuron with noise in I.
    ///
    /// - Throws: `FokkerPlanckError`.
    public static func fokkerPlanck(_ model: NeuronModel) throws(FokkerPlanckError) -> StationaryLaw {
        let law = try FokkerPlanck.solved(model)
        let means = FokkerPlanck.Quantity.observables.mapValues { quantity in
            let estimate = law.estimate(quantity)
            return Known(value: estimate.value, error: estimate.error)
        }
        return StationaryLaw(
            name: "fokker-planck", means: means, source: "finite volumes on two meshes, errors of about 1e-4")
    }

    /// Why a neuron has no stationary density in V and I; nil where it has.
    public static func refusalOfFokkerPlanck(_ model: NeuronModel) -> String? {
        reasons(
            model.noiseEntry == .current && model.nonlinearity == nil
                ? nil
                : "its Fokker-Planck equation is that of a leaky neuron with noise in I (model: current-lif)",
            model.noiseStrength == 0 ? "without noise (sigma = 0) there is no stationary density" : nil,
            model.refractoryPeriod > 0 ? "it has no refractory period (t_ref)" : nil)
    }
}

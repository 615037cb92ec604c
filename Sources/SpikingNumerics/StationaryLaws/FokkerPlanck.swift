import Synchronization

/// A figure from two meshes, one twice as fine as the other.
public struct MeshEstimate: Hashable, Sendable {
    /// Extrapolated from the two as if errors fell like the square of the spacing.
    public var value: Double
    /// What the extrapolation would be off by if errors fell like the spacing itself.
    public var error: Double

    init(coarse: Double, fine: Double) {
        value = fine + (fine - coarse) / 3
        error = abs(fine - coarse) * 2 / 3
    }
}

/// The stationary law of one neuron without sampling: the Fokker-Planck equation for the density of (V, I), and the
/// same for Euler and Maruyama's scheme.
///
/// Rates and means have errors of about 1e-4 of their size, which every estimate states.
public final class FokkerPlanck: Sendable {
    private let coarse: FokkerPlanckGenerator
    private let fine: FokkerPlanckGenerator

    /// Cells from reset to threshold, and across I, of the finer mesh.
    public static let usualResolution = 128

    /// - Parameter resolution: Cells from reset to threshold, and across I, of the finer mesh; even.  Memory grows like
    ///   its third power, time like its fourth.
    /// - Throws: `FokkerPlanckError`.
    public init(model: NeuronModel, resolution: Int = FokkerPlanck.usualResolution)
        throws(FokkerPlanckError)
    {
        coarse = try FokkerPlanckGenerator(model: model, resolution: resolution / 2)
        fine = try FokkerPlanckGenerator(model: model, resolution: resolution)
    }

    private static let latest = Mutex<(model: NeuronModel, law: FokkerPlanck)?>(nil)

    /// The law of a neuron, solved for once, whoever asks for it how often: the latest one is kept.
    ///
    /// - Throws: `FokkerPlanckError`.
    package static func solved(_ model: NeuronModel) throws(FokkerPlanckError) -> FokkerPlanck {
        if let latest = latest.withLock({ $0 }), latest.model == model { return latest.law }
        let law = try FokkerPlanck(model: model)
        latest.withLock { $0 = (model, law) }
        return law
    }

    /// Of the true process.
    public func estimate(_ quantity: Quantity) -> MeshEstimate {
        MeshEstimate(
            coarse: quantity.value(coarse.stationaryDensity), fine: quantity.value(fine.stationaryDensity))
    }

    /// J(A): A in V-units/ms and spikes per ms and unit of A, on the finer mesh.
    public var fluxDensity: [(speed: Double, density: Double)] { fine.stationaryDensity.fluxDensity }

    /// The stationary law of Euler and Maruyama's scheme on both meshes.
    public struct EulerMaruyamaLaw: Sendable {
        let exact: (coarse: StationaryDensity, fine: StationaryDensity)
        let scheme: (coarse: StationaryDensity, fine: StationaryDensity)

        /// The scheme's own figure.
        public func estimate(_ quantity: Quantity) -> MeshEstimate {
            MeshEstimate(coarse: quantity.value(scheme.coarse), fine: quantity.value(scheme.fine))
        }

        /// The scheme's figure less the true one, mesh by mesh, which takes most of the mesh's own error away.
        public func bias(_ quantity: Quantity) -> MeshEstimate {
            MeshEstimate(
                coarse: quantity.value(scheme.coarse) - quantity.value(exact.coarse),
                fine: quantity.value(scheme.fine) - quantity.value(exact.fine))
        }
    }

    /// - Parameter step: h in ms, below both time constants.
    /// - Throws: `FokkerPlanckError`.
    public func eulerMaruyama(step: Double) throws(FokkerPlanckError) -> EulerMaruyamaLaw {
        EulerMaruyamaLaw(
            exact: (coarse.stationaryDensity, fine.stationaryDensity),
            scheme: (
                try EulerMaruyamaTransfer(coarse, step: step).stationaryDensity(),
                try EulerMaruyamaTransfer(fine, step: step).stationaryDensity()
            ))
    }
}

import SpikingNumerics

/// What the Fokker-Planck equation says of a study's neuron, and of Euler and Maruyama's scheme at its steps.
struct StationaryEstimates: Probe {
    /// The method of these scalars, and the reference's name.
    static let method = "fokker-planck"
    /// The only integrator whose stationary law can be had without sampling.
    static let integrator = EulerMaruyama.name

    static func findings(in study: StudyOutline) -> [Finding] {
        let exponent = Finding(Saltation.exponent, method: method)
        // Whether there is a law, without which nothing is left of the study, is for its reference to say.
        guard study.isSampled else { return ProcessMeans.scalars.map { Finding($0) } + [exponent] }
        return study.hasStationaryLaw && study.asks(for: Saltation.family) ? [exponent] : []
    }

    private let law: FokkerPlanck
    /// One per step; empty where the study does not have the integrator.
    private let schemes: [FokkerPlanck.EulerMaruyamaLaw]

    /// Nil where the study does not ask for it, or its neuron has no stationary density.
    ///
    /// - Throws: `FokkerPlanckError` where the study has nothing else.
    init?(_ study: Study) throws(FokkerPlanckError) {
        let outline = StudyOutline(study)
        guard !study.isSampled || outline.asks(for: Saltation.family) && outline.hasStationaryLaw else {
            return nil
        }
        do {
            let law = try FokkerPlanck.solved(study.problem.model(neuron: 0))
            self.law = law
            let hasScheme = study.integrators.contains(Self.integrator)
            schemes = try (hasScheme ? study.steps : []).map { step throws(FokkerPlanckError) in
                try law.eulerMaruyama(step: step)
            }
        } catch {
            if !study.isSampled { throw error }
            return nil
        }
    }

    // MARK: Biases

    /// The biases of a series, whose only error is the mesh's.
    func levels(of series: StudyPlan.Series, of study: Study) -> LevelEstimates {
        let quantity = FokkerPlanck.Quantity.observables[series.measure.observable]!
        return LevelEstimates(
            unsampled: schemes.map { $0.bias(quantity) }, confidence: study.sampling.confidence)
    }

    /// J(A) of the true process.
    var fluxDensity: Curve {
        let points = law.fluxDensity
        return Curve(
            name: Curve.fluxDensity, integrator: Self.method, h: nil, x: points.map(\.speed),
            y: points.map(\.density))
    }

    // MARK: Scalars

    /// Of the true process, and of the scheme at each step.
    func scalars(of study: Study) -> [Scalar] {
        let quantities: [(ScalarDescriptor, FokkerPlanck.Quantity)] = [
            (ProcessMeans.firingRate, .firingRate),
            (ProcessMeans.meanCosine, .observables[ProcessMeans.cosine]!),
            (Saltation.exponent, .lyapunovExponent),
        ]
        return quantities.flatMap { name, quantity in
            [scalar(name, law.estimate(quantity), integrator: Self.method, h: nil, study)]
                + zip(study.steps, schemes).map { step, scheme in
                    scalar(name, scheme.estimate(quantity), integrator: Self.integrator, h: step, study)
                }
        }
    }

    private func scalar(
        _ descriptor: ScalarDescriptor, _ estimate: MeshEstimate, integrator: String, h: Double?,
        _ study: Study
    ) -> Scalar {
        let estimated = Estimated(estimate, confidence: study.sampling.confidence)
        return Scalar(
            study: study.name, case: "network", name: descriptor.name, method: Self.method,
            integrator: integrator, h: h, value: estimated.value, standardError: estimated.standardError,
            intervalLow: estimated.low, intervalHigh: estimated.high, unit: descriptor.unit)
    }
}

extension Problem {
    /// Whether the problem is that of one neuron's stationary law.
    var isStationaryNeuron: Bool {
        guard case .stationary = initial else { return false }
        return network.neuronCount == 1 && inputs.isEmpty
            && StationaryLaw.refusalOfFokkerPlanck(model(neuron: 0)) == nil
    }
}

extension Estimated {
    /// The error of a mesh as if it were a standard error, though it bounds the true one.
    init(_ mesh: MeshEstimate, confidence: Double) {
        let width =
            mesh.error
            * Quantiles.standardErrors(confidence: confidence, samples: LevelEstimates.asManyAsNeeded)
        self.init(
            value: mesh.value, standardError: mesh.error, low: mesh.value - width, high: mesh.value + width)
    }
}

extension LevelEstimates {
    /// The number of samples that a figure without sampling counts for.
    static let asManyAsNeeded = 1 << 40

    /// Values whose only errors are those of a mesh.
    init(unsampled values: [MeshEstimate], confidence: Double) {
        levels = values.map { value in
            let estimated = Estimated(value, confidence: confidence)
            let isLost = estimated.low <= 0 && estimated.high >= 0
            var level = Level(
                estimated: estimated, effectiveSample: Double(Self.asManyAsNeeded),
                note: isLost ? "no more than the mesh's error" : "")
            level.evidence = .student(
                value: estimated.value, standardError: estimated.standardError,
                freedom: Double(Self.asManyAsNeeded))
            return level
        }
        covariance = values.indices.map { i in
            values.indices.map { j in i == j ? values[i].error * values[i].error : 0 }
        }
        paths = Self.asManyAsNeeded
    }
}

import SpikingNumerics

/// What mean-field theory says of a study's populations: their rates, those that a scheme on a grid would have, those of the
/// supralinear network, and where a ramp would make them jump.
struct MeanFieldEstimates: Probe {
    static let family: MeasureFamily? = MeasureFamily(
        name: "mean-field",
        summary:
            "rates of populations by self-consistent Siegert rates, with thresholds raised for each step, and as a "
            + "supralinear network; folds of a ramp",
        measures: [])

    static let method = "mean-field"
    static let raised = "mean-field-raised"
    static let supralinear = "supralinear"
    private static let methods = [method, raised, supralinear]

    static let scalars = [ProcessMeans.firingRate, RampProbe.foldUp, RampProbe.foldDown]

    static func findings(in study: StudyOutline) -> [Finding] {
        guard study.asks(for: family) else { return [] }
        var found = [ProcessMeans.firingRate]
        if let ramp = study.ramp {
            found += ramp.comesBack ? [RampProbe.foldUp, RampProbe.foldDown] : [RampProbe.foldUp]
        }
        return found.flatMap { scalar in methods.map { Finding(scalar, method: $0) } }
    }

    static func refusals(of problem: Problem) -> [String] { MeanField.refusals(of: problem) }

    /// Relative, far above what the solver leaves of a fixed point; what the theory leaves out is another matter.
    private static let accuracy = 1e-7
    /// A neuron that fires every millisecond is in no cortex; states beyond are not told of, 1/ms.
    private static let highestRate = 1.0

    private let study: Study
    private let field: MeanField

    /// Nil where the study does not ask for it.
    ///
    /// - Throws: `MeanField.Refusal`.
    init?(_ study: Study) throws {
        guard StudyOutline(study).asks(for: Self.family) else { return nil }
        self.study = study
        field = try MeanField(study.problem)
    }

    /// - Throws: `GSLError`.
    func scalars() throws -> [Scalar] {
        var scalars = try self.scalars(of: field, method: Self.method, integrator: Self.method, h: nil)
        for integrator in study.integrators where study.looksAtGridPointsOnly(integrator) {
            for step in study.steps {
                scalars += try self.scalars(
                    of: field.with(.raisedThreshold(step: step)), method: Self.raised, integrator: integrator,
                    h: step)
            }
        }
        return try scalars
            + self.scalars(
                of: field.supralinear(), method: Self.supralinear, integrator: Self.supralinear, h: nil)
    }

    private func scalars(of field: MeanField, method: String, integrator: String, h: Double?) throws
        -> [Scalar]
    {
        try rates(of: field, method, integrator, h) + folds(of: field, method, integrator, h)
    }

    // MARK: Rates

    /// Those of the lowest stable state under the method's own name, then those of the others.
    private func rates(of field: MeanField, _ method: String, _ integrator: String, _ h: Double?) throws
        -> [Scalar]
    {
        let found = try field.fixedPoints()
        guard let lowest = found.lowest else {
            return [
                scalar(
                    ProcessMeans.firingRate, nil, "network", method, integrator, h, "no fixed point was found"
                )
            ]
        }
        // At a step there is one line for each integrator, and no room for other states.
        let others =
            h == nil ? found.points.filter { $0 != lowest && $0.rates.max()! < Self.highestRate } : []
        return ([lowest] + others).enumerated().flatMap { k, point in
            let name = k == 0 ? method : "\(method)[\(k + 1)]"
            let integrator = k == 0 ? integrator : name
            var notes = point.isStable ? [] : ["unstable"]
            if !found.areComplete { notes.append("not all fixed points were found") }
            return cases(point.rates).map { `case`, rate in
                scalar(
                    ProcessMeans.firingRate, rate, `case`, name, integrator, h, notes.joined(separator: "; "))
            }
        }
    }

    /// The network's, and where there are populations, theirs.
    private func cases(_ rates: [Double]) -> [(name: String, rate: Double)] {
        let network = ("network", field.networkRate(rates))
        return study.problem.network.populations.isEmpty
            ? [network] : [network] + zip(field.names, rates).map { ($0, $1) }
    }

    // MARK: Folds

    private func folds(of field: MeanField, _ method: String, _ integrator: String, _ h: Double?) throws
        -> [Scalar]
    {
        guard let ramp = study.problem.ramp else { return [] }
        let folds = try field.folds(along: ramp)
        // The lower branch ends at the last fold on the way there, the upper one at the last on the way back.
        let ends = [
            (RampProbe.foldUp, folds.last(where: \.endsUpwards)),
            (RampProbe.foldDown, folds.first { !$0.endsUpwards }),
        ]
        return ends.prefix(ramp.comesBack ? 2 : 1).map { descriptor, fold in
            scalar(
                descriptor, fold.map { ramp.start + $0.position * (ramp.end - ramp.start) }, "network",
                method,
                integrator, h, fold == nil ? "no fold along the ramp" : "")
        }
    }

    private func scalar(
        _ descriptor: ScalarDescriptor, _ value: Double?, _ case: String, _ method: String,
        _ integrator: String, _ h: Double?, _ note: String
    ) -> Scalar {
        var scalar = Scalar(
            study: study.name, case: `case`, name: descriptor.name, method: method, integrator: integrator,
            h: h, value: value, standardError: value.map { abs($0) * Self.accuracy },
            intervalLow: value.map { $0 - abs($0) * 2 * Self.accuracy },
            intervalHigh: value.map { $0 + abs($0) * 2 * Self.accuracy }, unit: descriptor.unit)
        scalar.freedom = Double(LevelEstimates.asManyAsNeeded)
        if !note.isEmpty { scalar.note = note }
        return scalar
    }
}

extension Study {
    /// Whether an integrator looks for spikes at the ends of its steps alone, at the threshold itself.
    fileprivate func looksAtGridPointsOnly(_ name: String) -> Bool {
        (try? integrator(named: name))?.looksAtGridPointsOnly ?? false
    }
}

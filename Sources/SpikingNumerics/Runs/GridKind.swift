import CLanes

/// One kind of neuron under a scheme and a rule.
final class GridKind<Step: Scheme, Rule: SpikeRule> {
    let model: NeuronModel
    let scheme: Step
    let rule: Rule
    let brownian: BrownianIncrements
    /// Effect of a unit of extra μ over a whole step.
    let driveGain: Double
    /// The scheme and the rule in numbers, for many steps at once; nil where they are not linear.
    let linear: UnsafePointer<lanes_affine>?
    /// What a step adds to V.
    let offset: Double
    /// What a step makes of the neuron's receptors.
    let receptorSteps: ReceptorSteps

    /// - Parameter content: What is sampled of the noise, at least what the scheme asks for.
    init(_ model: NeuronModel, step: Double, content: NoiseContent) {
        self.model = model
        scheme = Step(model: model, step: step)
        rule = Rule(model: model, step: step)
        brownian = BrownianIncrements(model: model)
        driveGain = scheme.driveResponse(model, after: step)
        receptorSteps = ReceptorSteps(model) { Self.receptorStep($0, after: step) }
        guard model.nonlinearity == nil, model.receptors.isEmpty, let test = rule.linearTest,
            let map = AffineStep(scheme),
            let numbers = lanes_affine(map, test, content: content)
        else {
            (linear, offset) = (nil, 0)
            return
        }
        let place = UnsafeMutablePointer<lanes_affine>.allocate(capacity: 1)
        place.initialize(to: numbers)
        linear = UnsafePointer(place)
        offset = map.offset[0, 0]
    }

    deinit { linear?.deallocate() }

    /// - Precondition: the scheme knows of receptors.
    static func receptorStep(_ rates: ReceptorRates, after elapsed: Double) -> ReceptorStep {
        guard let step = Step.receptorStep(rates, after: elapsed) else {
            preconditionFailure("a scheme without receptors")
        }
        return step
    }
}

extension lanes_affine {
    /// Nil where I depends on V, which the kernel has no place for, or a step takes noise in another form than it is sampled.
    package init?(_ map: AffineStep, _ test: CrossingTest, content: NoiseContent = .functionals) {
        guard map.transition[1, 0] == 0, content.contains(.propagation) || map.takesIncrementsAlone else {
            return nil
        }
        let m = map.transition
        var x = map.noise
        if !content.contains(.propagation) {
            // ΔW comes first, and is all there is to it.
            for row in 0..<2 { for column in 1..<4 { x[row, column] = 0 } }
        }
        self.init()
        functionals = Int32(content.functionalCount)
        voltage = (m[0, 0], m[0, 1], x[0, 0], x[0, 1], x[0, 2], x[0, 3])
        current = (m[1, 1], x[1, 0], x[1, 1], x[1, 2], x[1, 3])
        current_offset = map.offset[1, 0]
        end_bound = test.endBound
        start = (test.start.voltage, test.start.current)
        start_bound = test.start.bound
        end = (test.end.voltage, test.end.current)
        second_bound = test.end.bound
        lanes_affine_prepare(&self)
    }
}

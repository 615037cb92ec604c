import CLanes

/// One neuron through many steps.
extension GridRun {
    /// - Parameters:
    ///   - noise: Of these steps.
    ///   - steps: Counted from time 0.
    ///   - recorded: Has room for V at the record points.
    func advance(
        neuron: Int, noise: CellSequence, steps: Range<Int>, records: RecordPoints,
        into recorded: UnsafeMutableBufferPointer<Lanes>
    ) {
        let kind = kinds[problem.modelIndex(neuron: neuron)]
        let isDisturbed = mail.reaches(neuron) || kind.model.refractoryPeriod > 0
        var k = steps.lowerBound
        while k < steps.upperBound {
            let rest = k..<steps.upperBound
            let quiet = isDisturbed ? quietSteps(neuron, kind, among: rest) : rest.count
            var start = states[neuron]
            var suspects = LaneSet()
            if quiet > 0, let linear = kind.linear {
                let place = records.count(through: k - 1)
                let taken = glide(
                    neuron, kind, linear, noise: noise.doubles(from: k - steps.lowerBound), first: k,
                    count: quiet,
                    stride: records.stride, start: &start, suspects: &suspects,
                    into: recorded.baseAddress.map { $0 + place })
                k += taken
                if taken == quiet { continue }
            } else {
                notePush(neuron)
                kind.scheme.advance(&states[neuron], noise: noise[k - steps.lowerBound])
                if isDisturbed { collect(neuron, kind, step: k, from: start, to: &states[neuron]) }
                suspects = self.suspects(neuron, kind, from: start, to: states[neuron])
            }
            if isDisturbed { mail.close(neuron, before: k + 1) }
            for lane in suspects {
                fire(
                    neuron, lane: lane, from: start, to: &states[neuron], step: k,
                    noise: noise[k - steps.lowerBound])
            }
            if let place = records.place(after: k) { recorded[place] = states[neuron].voltage }
            k += 1
        }
        if isDisturbed { mail.close(neuron, before: steps.upperBound) }
    }

    /// For how many of the next steps no jump reaches the neuron and no path is refractory.
    private func quietSteps(_ neuron: Int, _ kind: Kind, among steps: Range<Int>) -> Int {
        if kind.model.refractoryPeriod > 0 {
            let held = heldUntil[neuron] .> Double(steps.lowerBound) * step
            if held.isAnySet { return 0 }
        }
        guard mail.reaches(neuron) else { return steps.count }
        let next = mail.nextStep(neuron, from: steps.lowerBound, within: steps.count) ?? steps.upperBound
        guard next > steps.lowerBound else { return 0 }
        if !letters[neuron].isBlank { letters[neuron] = .init() }
        return next - steps.lowerBound
    }

    /// Takes steps as an affine map until one in which a path may cross its threshold.
    ///
    /// - Parameters:
    ///   - start: Becomes the beginning of that step.
    ///   - suspects: Become the paths that may.
    /// - Returns: How many steps came before it, or `count`.
    private func glide(
        _ neuron: Int, _ kind: Kind, _ linear: UnsafePointer<lanes_affine>, noise: UnsafePointer<Double>,
        first: Int, count: Int, stride: Int, start: inout LaneState,
        suspects: inout LaneSet, into recorded: UnsafeMutablePointer<Lanes>?
    ) -> Int {
        func doubles(_ pointer: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Double>? {
            pointer?.assumingMemoryBound(to: Double.self)
        }
        notePush(neuron)
        var offset = kind.offset + kind.driveGain * drives[neuron]
        let taken = lanes_affine_steps(
            linear, doubles(&offset), doubles(drives + neuron), noise, Int32(count), UInt64(first),
            UInt64(stride),
            doubles(states + neuron), doubles(&start), doubles(recorded), &suspects.bits)
        return Int(taken)
    }
}

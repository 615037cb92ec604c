/// Noise of the wrong size, or at the wrong place.
extension SolverFault {
    static let noise: [SolverFault] = [
        SolverFault("noise-times-step", "increments are multiplied by h") {
            $0.read = { neuron, h in neuron.sigma *= h }
        },
        SolverFault("noise-times-root-step", "increments, which have the variance h, are multiplied by √h") {
            $0.read = { neuron, h in neuron.sigma *= h.squareRoot() }
        },
        SolverFault("noise-1-percent", "the noise is 1 % too strong") {
            $0.read = { neuron, _ in neuron.sigma *= 1.01 }
        },
        SolverFault("noise-0.1-percent", "the noise is 0.1 % too strong") {
            $0.read = { neuron, _ in neuron.sigma *= 1.001 }
        },
        SolverFault("noise-0.01-percent", "the noise is 0.01 % too strong") {
            $0.read = { neuron, _ in neuron.sigma *= 1.0001 }
        },
        SolverFault("variance-for-deviation", "σ² stands where σ belongs") {
            $0.read = { neuron, _ in neuron.sigma *= neuron.sigma }
        },
        SolverFault("forgotten-sigma", "increments are not multiplied by σ") {
            $0.read = { neuron, _ in neuron.sigma = 1 }
        },
        SolverFault("no-noise", "there is no noise") { $0.read = { neuron, _ in neuron.sigma = 0 } },
        SolverFault("mirrored-noise", "the noise has the wrong sign") {
            $0.read = { neuron, _ in neuron.sigma.negate() }
        },
        SolverFault("late-increments", "increments are shifted by one step") {
            $0.increment = { $2 > 0 ? $0.increment(path: $1, step: $2 - 1, neuron: $3) : 0 }
        },
        SolverFault("reversed-increments", "increments are taken in reverse order") {
            $0.increment = { $0.increment(path: $1, step: $0.steps - 1 - $2, neuron: $3) }
        },
        SolverFault("reused-increments", "every increment is used for two steps") {
            $0.increment = { $0.increment(path: $1, step: $2 & ~1, neuron: $3) }
        },
        SolverFault("shared-increments", "two neurons share their increments") {
            $0.increment = { $0.increment(path: $1, step: $2, neuron: $3 & ~1) }
        },
        SolverFault("mixed-neurons", "the neurons' increments come in reverse order") {
            $0.increment = { $0.increment(path: $1, step: $2, neuron: $0.neuronCount - 1 - $3) }
        },
        SolverFault("first-path-only", "all paths of a batch take the increments of the first") {
            $0.increment = { $0.increment(path: 0, step: $2, neuron: $3) }
        },
        SolverFault("next-path", "every path takes the increments of the next") {
            $0.increment = { $0.increment(path: ($1 + 1) % $0.paths.count, step: $2, neuron: $3) }
        },
        SolverFault("clipped-increments", "increments are cut off at three standard deviations") {
            $0.increment = { request, path, k, neuron in
                let limit = 3 * request.step.squareRoot()
                return min(limit, max(-limit, request.increment(path: path, step: k, neuron: neuron)))
            }
        },
        SolverFault("two-point-increments", "increments are ±√h, right in the mean and in variance") {
            $0.increment = { request, path, k, neuron in
                let increment = request.increment(path: path, step: k, neuron: neuron)
                return increment < 0 ? -request.step.squareRoot() : request.step.squareRoot()
            }
        },
    ]
}

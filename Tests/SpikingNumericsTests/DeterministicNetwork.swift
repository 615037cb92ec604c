import CGSL
import Foundation
import SpikingNumerics

/// A network without noise, integrated by GSL's rk8pd from event to event with crossings found by bisection: the slow,
/// plain way, which shares nothing with the library but the meaning of a `Problem`.
struct DeterministicNetwork {
    let problem: Problem
    private let heard: Heard

    init(problem: Problem) {
        self.problem = problem
        heard = Heard(problem)
    }

    /// What has come to receptors, whose currents are sums of kernels as they are defined.
    private final class Heard {
        let problem: Problem
        var arrivals: [[(time: Double, weight: Double, receptor: Int)]]

        init(_ problem: Problem) {
            self.problem = problem
            arrivals = .init(repeating: [], count: problem.network.neuronCount)
        }

        func current(_ neuron: Int, at time: Double) -> Double {
            arrivals[neuron].reduce(0) { sum, arrival in
                let kernel = problem.model(neuron: neuron).receptors[arrival.receptor].kernel
                return sum + arrival.weight * Self.height(kernel, time - arrival.time)
            }
        }

        private static func height(_ kernel: Receptor.Kernel, _ t: Double) -> Double {
            switch kernel {
            case .exponential(let decay): return exp(-t / decay)
            case .alpha(let time): return t / time * exp(1 - t / time)
            case .twoExponentials(let rise, let decay):
                func difference(_ t: Double) -> Double { exp(-t / decay) - exp(-t / rise) }
                return difference(t) / difference(log(decay / rise) * decay * rise / (decay - rise))
            }
        }
    }

    /// Spike times of every neuron until the duration.
    func spikes() -> [[Double]] {
        var time = 0.0
        var states: [Double]
        switch problem.initial {
        case .perNeuron(let initial): states = initial.flatMap { [$0.voltage, $0.current] }
        case .fixed(let v, let i): states = (0..<problem.network.neuronCount).flatMap { _ in [v, i] }
        case .stationary, .uniform: fatalError("not without noise")
        }
        let count = problem.network.neuronCount
        var held = [Double](repeating: -1, count: count)
        var drives = [Double](repeating: 0, count: count)
        var pending = externalArrivals()
        var spikes = [[Double]](repeating: [], count: count)
        while time < problem.duration {
            let arrival = pending.map(\.arrival.time).min() ?? .infinity
            let release = held.filter { $0 > time }.min() ?? .infinity
            let end = min(problem.duration, arrival, release, time + 0.25)
            let next = integrate(states, from: time, to: end, held: held, drives: drives)
            if let crossing = firstCrossing(
                states, from: time, to: end, after: next, held: held, drives: drives)
            {
                states = integrate(states, from: time, to: crossing.time, held: held, drives: drives)
                time = crossing.time
                fire(crossing.neuron, at: time, &states, &held, &spikes, &pending)
                continue
            }
            states = next
            time = end
            for (target, arrival) in pending where arrival.time == time {
                switch arrival.jump {
                case .current: states[2 * target + 1] += arrival.weight
                case .drive: drives[target] += arrival.weight
                case .voltage: if held[target] <= time { states[2 * target] += arrival.weight }
                case .receptor(let k): heard.arrivals[target].append((time, arrival.weight, Int(k)))
                }
            }
            pending.removeAll { $0.arrival.time == time }
            for k in 0..<count where states[2 * k] >= problem.model(neuron: k).threshold && held[k] <= time {
                fire(k, at: time, &states, &held, &spikes, &pending)
            }
        }
        return spikes
    }

    private func fire(
        _ neuron: Int, at time: Double, _ states: inout [Double], _ held: inout [Double],
        _ spikes: inout [[Double]],
        _ pending: inout [(target: Int, arrival: Arrival)]
    ) {
        let model = problem.model(neuron: neuron)
        spikes[neuron].append(time)
        states[2 * neuron] = model.reset
        if model.refractoryPeriod > 0 { held[neuron] = time + model.refractoryPeriod }
        for synapse in problem.network.outgoing[neuron] {
            pending.append(
                (
                    synapse.target,
                    Arrival(time: time + synapse.delay, weight: synapse.weight, jump: synapse.jump)
                ))
        }
    }

    private func externalArrivals() -> [(target: Int, arrival: Arrival)] {
        problem.inputs.flatMap { input in
            input.neurons.flatMap { neuron -> [(target: Int, arrival: Arrival)] in
                switch input.pattern {
                case .times(let times, let height):
                    times.map { (neuron, Arrival(time: $0, weight: height, jump: input.jump)) }
                case .pulse(let height, let start, let end):
                    [
                        (neuron, Arrival(time: start, weight: height, jump: input.jump)),
                        (neuron, Arrival(time: end, weight: -height, jump: input.jump)),
                    ]
                default: fatalError("random input is not deterministic")
                }
            }
        }
    }

    private func firstCrossing(
        _ states: [Double], from start: Double, to end: Double, after: [Double], held: [Double],
        drives: [Double]
    ) -> (neuron: Int, time: Double)? {
        var best: (neuron: Int, time: Double)?
        for k in held.indices where after[2 * k] >= problem.model(neuron: k).threshold && held[k] <= start {
            var (low, high) = (start, best?.time ?? end)
            if best != nil,
                integrate(states, from: start, to: high, held: held, drives: drives)[2 * k]
                    < problem.model(neuron: k).threshold
            {
                continue
            }
            while high - low > 2 * high.ulp {
                let middle = low + (high - low) / 2
                if middle <= low || middle >= high { break }
                let there = integrate(states, from: start, to: middle, held: held, drives: drives)
                if there[2 * k] >= problem.model(neuron: k).threshold { high = middle } else { low = middle }
            }
            best = (k, high)
        }
        return best
    }

    private final class System {
        let problem: Problem
        let held: [Bool]
        let drives: [Double]
        let heard: Heard
        init(_ problem: Problem, _ heard: Heard, held: [Bool], drives: [Double]) {
            self.problem = problem
            self.heard = heard
            self.held = held
            self.drives = drives
        }
    }

    private func integrate(
        _ states: [Double], from start: Double, to end: Double, held: [Double], drives: [Double]
    ) -> [Double] {
        guard end > start else { return states }
        let box = System(problem, heard, held: held.map { $0 > start }, drives: drives)
        var system = gsl_odeiv2_system(
            function: { time, y, f, box in
                let system = Unmanaged<System>.fromOpaque(box!).takeUnretainedValue()
                for k in system.held.indices {
                    let model = system.problem.model(neuron: k)
                    let (v, i) = (y![2 * k], y![2 * k + 1])
                    f![2 * k] =
                        system.held[k]
                        ? 0
                        : (model.restingPotential - v) / model.membraneTimeConstant + model.drive
                            + system.drives[k] + i + system.heard.current(k, at: time)
                    f![2 * k + 1] = -i / model.synapticTimeConstant
                }
                return 0
            }, jacobian: nil, dimension: states.count, params: Unmanaged.passUnretained(box).toOpaque())
        return withExtendedLifetime(box) {
            let driver = gsl_odeiv2_driver_alloc_y_new(&system, cgsl_odeiv2_step_rk8pd(), 0.05, 1e-14, 1e-14)
            defer { gsl_odeiv2_driver_free(driver) }
            var time = start
            var states = states
            precondition(gsl_odeiv2_driver_apply(driver, &time, end, &states) == 0)
            return states
        }
    }
}

import Foundation
import SpikingNumerics
import Testing

@Suite("Spike rules")
struct SpikeRuleTests {
    /// Without noise the exact propagator's only error is where it puts its spikes.
    static func spikeErrors(_ name: String, steps: [Double]) -> [Double] {
        let model = CurrentLIF(drive: 0.06, noiseStrength: 0)
        let problem = Problem(model: model, initial: .fixed(voltage: 0.2, current: 0.1), duration: 28)
        let simulation = Simulations.coupled(
            problem, tested: steps.map { Simulations.participant(name, h: $0) })
        try! simulation.run(firstPath: 0)
        let exact = simulation.reference.spikes(neuron: 0, lane: 0)
        #expect(exact.count == 1)
        return simulation.tested.map { $0.spikes(neuron: 0, lane: 0)[0].time - exact[0].time }
    }

    @Test("put a spike on the grid at the end of its step")
    func gridConstrained() {
        for (h, error) in zip(
            [0.5, 0.125, 0.0625], Self.spikeErrors("exact-propagator", steps: [0.5, 0.125, 0.0625]))
        {
            #expect(error >= 0 && error < h)
        }
    }

    /// Interpolating a smooth V: fourth order in time for the cubic.
    @Test("locate a spike by a cubic to fourth order")
    func hermite() {
        let steps = [2.0, 1, 0.5, 0.25]
        let errors = Self.spikeErrors("exact-propagator+hermite", steps: steps).map(abs)
        // |δt| ≤ h⁴/384 · max|V''''| / A with V'''' ≈ (I/τ_s³ + …) < 0.002 and A > 0.01.
        for (h, error) in zip(steps, errors) { #expect(error <= pow(h, 4) / 384 * 0.002 / 0.01) }
        #expect(errors[0] > errors[3])
    }

    @Test("locate a spike of Euler's polygon by a line")
    func linear() {
        let model = CurrentLIF()
        let rule = LinearInterpolation(model: model, step: 0.5)
        let crossing = rule.crossing(from: (0.98, 0.03), to: (1.02, 0.03))
        #expect(abs(crossing!.fraction - 0.5) < 1e-12 && abs(crossing!.speed - 0.08) < 1e-12)
        #expect(rule.crossing(from: (0.98, 0.03), to: (0.99, 0.03)) == nil)
    }

    /// V rises above the threshold and is back below it by the end of the step.
    @Test("see a crossing that comes and goes inside a step, by the cubic only")
    func doubleCrossing() {
        let model = CurrentLIF(drive: 0)
        let (start, end) = ((0.999, 0.06), (0.999, 0.04))
        #expect(GridConstrained(model: model, step: 1).crossing(from: start, to: end) == nil)
        let rule = HermiteInterpolation(model: model, step: 1)
        let crossing = rule.crossing(from: start, to: end)
        // By hand: H(x) = V + x(1-x)[(1-x) m0 - x m1] with m0 = 0.01005, m1 = -0.00995 rises to 0.999 + 0.0025.
        #expect(crossing != nil)
        if let crossing {
            let (m0, m1) = (0.06 - 0.999 / 20, 0.04 - 0.999 / 20)
            let x = crossing.fraction
            #expect(abs(x * (1 - x) * ((1 - x) * m0 - x * m1) - 0.001) < 1e-12)
            #expect(x < 0.5 && crossing.speed > 0)
        }
        let lanes = rule.mayCross(
            from: LaneState(voltage: .init(repeating: 0.999), current: .init(repeating: 0.06)),
            to: LaneState(voltage: .init(repeating: 0.999), current: .init(repeating: 0.04)))
        #expect(lanes[0])
    }

    @Test(
        "fire as often as a strong drive demands",
        arguments: ["euler-maruyama+linear", "exact-propagator+hermite"])
    func manySpikesInOneStep(_ name: String) {
        // 2.5 spikes per step of 1 ms: the period is 20 log(1/(1 - 1/(20 · 2.5))) ≈ 0.404 ms.
        let model = CurrentLIF(drive: 2.5, noiseStrength: 0)
        let simulation = Simulations.coupled(
            Problem(model: model, duration: 100), tested: [Simulations.participant(name, h: 1)])
        try! simulation.run(firstPath: 0)
        let exact = simulation.reference.spikes(neuron: 0, lane: 0).count
        #expect(exact == Int(100 / (20 * -log(1 - 1 / 50.0))))
        // Euler's line takes the leak from the start of its step: h/(2 τ_m) = 2.5 % of the rate at most.
        let found = simulation.tested[0].spikes(neuron: 0, lane: 0).count
        #expect(abs(Double(found - exact)) <= 0.025 * Double(exact))
    }
}

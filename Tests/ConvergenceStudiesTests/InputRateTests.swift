import ConvergenceStudies
import Testing

/// Inputs that make a neuron fire more than 100 times in a ms are refused.
///
/// The neuron has V_th - V_r = 1, tau_s = 5 ms and neither drive nor noise, so what an input adds to dV/dt in V-units/ms is
/// the rate, too; it was worked out by hand.
@Suite("Rates that inputs can make")
struct InputRateTests {
    static let inputs: [(input: String, isRefused: Bool)] = [
        // Rate times height.
        ("{poisson: {rate: 1000, height: 0.12}, as: voltage}", true),
        ("{poisson: {rate: 1000, height: 0.08}, as: voltage}", false),
        // One jump and the mean of those that came in a time constant: 4·(1 + 6·5) = 124, 4·(1 + 4·5) = 84.
        ("{poisson: {rate: 6, height: 4}}", true),
        ("{poisson: {rate: 4, height: 4}}", false),
        // All that come in 100 ms stay: 0.1·(1 + 12·100) = 120.1, 0.1·(1 + 8·100) = 80.1.
        ("{poisson: {rate: 12, height: 0.1}, as: drive}", true),
        ("{poisson: {rate: 8, height: 0.1}, as: drive}", false),
        ("{times: {at: [1, 2, 3], height: 40}, as: drive}", true),
        ("{times: {at: [1, 2, 3], height: 30}, as: drive}", false),
        ("{times: {at: [1, 2, 3], height: 120}}", true),
        ("{times: {at: [1, 2, 3], height: 80}}", false),
        // A jump of V costs one spike, however high it is.
        ("{times: {at: [1, 2, 3], height: 1000}, as: voltage}", false),
        ("{pulse: {from: 1, until: 2, height: 120}}", true),
        ("{pulse: {from: 1, until: 2, height: 80}}", false),
        ("{pulse: {from: 1, until: 2, height: -120}}", false),
        ("{uniform: {low: 0, high: 120, interval: 1}}", true),
        ("{uniform: {low: -60, high: 60, interval: 1}}", true),
        ("{uniform: {low: -40, high: 40, interval: 1}}", false),
        // (high - low)/interval.
        ("{uniform: {low: 0, high: 60, interval: 0.5}, as: voltage}", true),
        ("{uniform: {low: 0, high: 40, interval: 0.5}, as: voltage}", false),
        // An inhibitory input never makes up for an excitatory one.
        ("{pulse: {from: 1, until: 2, height: -120}}, {pulse: {from: 3, until: 4, height: 120}}", true),
        // Two inputs may come together.
        ("{pulse: {from: 1, until: 2, height: 60}}, {pulse: {from: 3, until: 4, height: 60}}", true),
    ]

    @Test(arguments: inputs.indices)
    func input(_ k: Int) {
        let text = StudyText.replacing("mu: 0.045, sigma: 0.02", with: "mu: 0, sigma: 0")
            .replacing("  duration: 100", with: "  inputs: [\(Self.inputs[k].input)]\n  duration: 100")
        var message: String?
        do { _ = try StudyFile.parse(text, file: "s.yaml") } catch { message = error.description }
        #expect((message != nil) == Self.inputs[k].isRefused, "\(message ?? "accepted")")
        if let message { #expect(message.contains("times in a ms")) }
    }

    @Test("noise counts with six deviations, and as a diffusion where it enters V")
    func noise() throws {
        // 6 sigma (tau_s/2)^(1/2) = 9.49 sigma; (sigma/(V_th - V_r))^2.
        for (sigma, isRefused) in [("10", false), ("11", true)] {
            let text = StudyText.replacing("mu: 0.045, sigma: 0.02", with: "mu: 0, sigma: \(sigma)")
            let isAccepted = (try? StudyFile.parse(text, file: "s.yaml")) != nil
            #expect(isAccepted != isRefused, "sigma = \(sigma)")
        }
    }
}

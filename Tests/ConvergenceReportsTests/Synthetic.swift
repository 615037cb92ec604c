import ConvergenceStudies
import Foundation

/// A result such as a study of the default neuron gives, made of formulas instead of paths.
enum Synthetic {
    static let steps = [0.5, 0.25, 0.125, 0.0625, 0.03125]
    static let integrators = [
        "euler-maruyama", "euler-maruyama+linear", "exact-propagator", "exact-propagator+hermite",
    ]
    static let header = Header(
        formatVersion: Header.currentFormatVersion, toolVersion: "0.1.0", study: "quickstart",
        title: "Euler-Maruyama on one noise-driven LIF neuron",
        studyText: "study: quickstart\ntitle: Euler-Maruyama on one noise-driven LIF neuron\n",
        studyHash: "9ae16a3b2f90404f", seed: 1, paths: 65536, blocks: [64], confidence: 0.95, host: "bench",
        time: .init(ended: "2026-01-31T12:00:00Z", seconds: 71.25))

    /// One neuron, every kind of content.
    static let single = StudyResult(
        header: header, rows: rows(case: "network", growth: 1), orders: orders(case: "network", growth: 1),
        scalars: scalars, distributions: distributions, samplePath: samplePath)

    /// The same with three layers, each worse than the one before.
    static let layered = populations((1...3).map { "layer-\($0)" })

    /// A network of populations, each worse than the one before.
    static func populations(_ names: [String]) -> StudyResult {
        var result = single
        for (number, name) in names.enumerated() {
            result.rows += rows(case: name, growth: 1 + 0.5 * Double(number))
            result.orders += orders(case: name, growth: 1 + 0.5 * Double(number))
        }
        return result
    }

    static let empty = StudyResult(header: header, rows: [], orders: [], scalars: [])

    /// value = sign · coarse · (h/0.5)^order, with a relative standard error that grows as the error gets rarer.
    struct Law {
        var measure: String
        var observable = ""
        /// At h = 0.5, one per integrator.
        var coarse: [Double]
        var slopes: [Double]
        var relativeError: Double
    }

    static let laws = [
        Law(
            measure: "strong-final", coarse: [0.1007, 0.0912, 0.0871, 0.0211],
            slopes: [0.51, 0.52, 0.5, 0.68], relativeError: 0.016),
        Law(
            measure: "strong-mean", coarse: [0.0984, 0.0883, 0.0852, 0.0198], slopes: [0.5, 0.51, 0.5, 0.7],
            relativeError: 0.011),
        Law(
            measure: "strong-jump-aware", coarse: [0.0421, 0.0333, 0.0342, 0.0089],
            slopes: [0.8, 0.82, 0.78, 0.9], relativeError: 0.02),
        Law(
            measure: "weak", observable: "cos-V", coarse: [0.00367, 0.0021, -0.0032, -0.0002],
            slopes: [1.03, 1, 0.98, 1.3], relativeError: 0.055),
        Law(
            measure: "weak", observable: "exp-V2", coarse: [0.00411, 0.0024, -0.0036, -0.00022],
            slopes: [1.01, 1, 0.98, 1.3], relativeError: 0.06),
        Law(
            measure: "weak", observable: "tanh-I", coarse: [0.0011, 0.0011, -0.0000012, 0],
            slopes: [1, 1, 1, 1], relativeError: 0.1),
        Law(
            measure: "weak", observable: "spike-count", coarse: [0.0292, 0.0171, -0.0244, -0.0011],
            slopes: [1.06, 1.02, 0.97, 1.4], relativeError: 0.024),
        Law(
            measure: "count-mismatch", coarse: [0.0323, 0.0241, 0.0266, 0.0021],
            slopes: [1.03, 1.01, 0.99, 1.48], relativeError: 0.021),
        Law(
            measure: "spike-time-rms", coarse: [0.61, 0.48, 0.52, 0.06], slopes: [0.82, 0.8, 0.83, 1.2],
            relativeError: 0.013),
        Law(
            measure: "spike-time-bias", coarse: [0.182, -0.03, 0.247, 0.0011], slopes: [1.01, 1.1, 1, 1.6],
            relativeError: 0.008),
        Law(
            measure: "missed-spikes", coarse: [0.0031, 0.0036, 0.0281, 0.0012], slopes: [1.02, 1, 0.98, 1.4],
            relativeError: 0.05),
        Law(
            measure: "extra-spikes", coarse: [0.0318, 0.0205, 0.0042, 0.0009], slopes: [1.05, 1, 1, 1.4],
            relativeError: 0.05),
    ]

    static func rows(case name: String, growth: Double) -> [Row] {
        laws.flatMap { law in
            integrators.indices.flatMap { index in
                steps.enumerated().map { level, h in row(law, index, level, h, name, growth) }
            }
        }
    }

    private static func row(
        _ law: Law, _ index: Int, _ level: Int, _ h: Double, _ name: String, _ growth: Double
    ) -> Row {
        // A wobble of up to one standard error, so that the points do not lie on the fitted line.
        let relative = law.relativeError * pow(1.45, Double(level)) * (index == 3 ? 2.2 : 1)
        let wobble = 1 + relative * sin(Double(7 * level + 3 * index))
        let power = pow(h / 0.5, law.slopes[index])
        let value = law.coarse[index] * growth * (level == 0 ? 1 : wobble) * power
        let error = abs(value) * relative
        let sample = (0.9 / (relative * relative)).rounded()
        let isResolved = sample >= 30
        return Row(
            study: "quickstart", case: name, integrator: integrators[index], reference: "exact-event",
            measure: law.measure, observable: law.observable, h: h, paths: 65536, value: value,
            standardError: error, intervalLow: value - 1.96 * error, intervalHigh: value + 1.96 * error,
            resolved: isResolved, effectiveSample: sample,
            note: isResolved ? "" : "effective sample \(Int(sample)) is under 30")
    }

    static func orders(case name: String, growth: Double) -> [Order] {
        laws.flatMap { law in
            integrators.indices.map { index in order(law, index, name, growth) }
        }
    }

    private static func order(_ law: Law, _ index: Int, _ name: String, _ growth: Double) -> Order {
        let slope = law.slopes[index]
        let isExpected =
            name == "network" && index == 0
            && ["strong-final", "count-mismatch", "weak"].contains(law.measure)
        let isFlat = law.coarse[index] == 0
        let target = law.measure == "strong-final" ? 0.5 : 1
        let verdict: Verdict =
            !isExpected
            ? .none : law.observable == "tanh-I" ? .inconclusive : law.observable == "exp-V2" ? .fail : .pass
        return Order(
            study: "quickstart", case: name, integrator: integrators[index], reference: "exact-event",
            measure: law.measure, observable: law.observable, order: isFlat ? nil : slope,
            intervalLow: isFlat ? nil : slope - 0.03, intervalHigh: isFlat ? nil : slope + 0.03,
            levels: isFlat ? 0 : 5, expected: isExpected ? target : nil, tolerance: isExpected ? 0.1 : nil,
            kind: isExpected ? "equals" : nil, verdict: verdict,
            intercept: isFlat ? nil : log(growth * abs(law.coarse[index])) - slope * log(0.5),
            note: isFlat ? "no level is resolved" : "")
    }

    static let scalars: [Scalar] = {
        let exact = scalar("lyapunov-V", "saltation", "exact-event", nil, -0.03655, 0.00004)
        let twin = scalar("lyapunov-V", "twin", "exact-event", nil, -0.03651, 0.00007)
        let grid = steps.flatMap { h in
            [
                scalar("lyapunov-V", "saltation", "euler-maruyama", h, -0.03655 + 0.0011 * h, 0.00005),
                scalar("lyapunov-V", "twin", "euler-maruyama", h, -0.03655 - 0.004 * h, 0.0001),
            ]
        }
        let rate = scalar("firing-rate", "exact-event", "exact-event", nil, 0.0149, 0.00002)
        let rates = steps.map {
            scalar("firing-rate", "euler-maruyama", "euler-maruyama", $0, 0.0149 + 0.0006 * $0, 0.00002)
        }
        return [exact, twin] + grid + [rate] + rates + [
            scalar("mean-cos-V", "exact-event", "exact-event", nil, 0.8541, 0.0004)
        ]
    }()

    private static func scalar(
        _ name: String, _ method: String, _ integrator: String, _ h: Double?, _ value: Double, _ error: Double
    ) -> Scalar {
        Scalar(
            study: "quickstart", case: "network", name: name, method: method, integrator: integrator, h: h,
            value: value, standardError: error, intervalLow: value - 1.96 * error,
            intervalHigh: value + 1.96 * error, unit: name == "mean-cos-V" ? "" : "1/ms")
    }

    static let distributions: [Distribution] = spikeTimes + [crossingSpeeds]

    private static let spikeTimes: [Distribution] = {
        let positive = (0...40).map { pow(10, -4 + Double($0) / 8) }
        let edges = positive.reversed().map { -$0 } + [0] + positive
        return integrators.enumerated().flatMap { index, integrator in
            steps.map { h in
                let center = (index == 3 ? 0.01 : index == 1 ? 0.1 : 0.5) * h
                let counts = zip(edges, edges.dropFirst()).map { low, high -> Int in
                    let middle = (low + high) / 2
                    let distance = log10(abs(middle) / center)
                    let side = middle > 0 || index == 3 ? 1 : 0.02
                    let tail =
                        40 * pow(abs(middle) + 0.01, -0.2) * (abs(middle) > h ? 1 : 0.3)
                        / (1 + 30 * middle * middle)
                    return Int(side * (9000 * exp(-3 * distance * distance) + tail))
                }
                return Distribution(
                    name: "spike-time-error", integrator: integrator, h: h, unit: "ms", edges: edges,
                    counts: counts, below: 0, above: index == 0 ? 3 : 0)
            }
        }
    }()

    private static let crossingSpeeds: Distribution = {
        let edges = (0...32).map { pow(10, -4 + Double($0) / 8) }
        func slower(_ speed: Double) -> Double { 97000 * (1 - exp(-pow(speed / 0.055, 2.5))) }
        let counts = zip(edges, edges.dropFirst()).map { Int(slower($1) - slower($0)) }
        return Distribution(
            name: "crossing-speed", integrator: "exact-event", h: nil, unit: "V-units/ms", edges: edges,
            counts: counts, below: 0, above: 0)
    }()

    static let samplePath: SamplePath = {
        let reference = trace(integrator: "exact-event", h: nil, spacing: 0.0625, delay: 0)
        let tested = trace(integrator: "euler-maruyama", h: 0.5, spacing: 0.5, delay: 0.25)
        return SamplePath(
            path: 1234, neuron: 0, threshold: 1, reset: 0, closeUp: [45, 53], crossingSpeed: 0.0042,
            reference: reference, tested: tested)
    }()

    private static func trace(integrator: String, h: Double?, spacing: Double, delay: Double)
        -> SamplePath.Trace
    {
        var (times, voltages, spikes) = ([0.0], [0.0], [Double]())
        var voltage = 0.0
        for tick in 1...Int(100 / spacing) {
            let time = Double(tick) * spacing
            let drive =
                0.066 + 0.03 * sin(time / 7) + delay * 0.002 + 0.018 * sin(time / 2.3) + 0.01
                * sin(1.7 * time)
            voltage += spacing * (-voltage / 20 + drive)
            times.append(time)
            if voltage >= 1 {
                if h == nil {
                    voltages.append(1)
                    times.append(time)
                }
                voltage = 0
                spikes.append(time)
            }
            voltages.append(voltage)
        }
        return .init(integrator: integrator, h: h, times: times, voltages: voltages, spikes: spikes)
    }
}

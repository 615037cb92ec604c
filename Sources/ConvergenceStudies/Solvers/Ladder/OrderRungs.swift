import SolverProtocol
import SpikingNumerics

/// Strong order between spikes: the error of V where the threshold is out of reach.
struct SmoothOrderRung: Rung {
    static let name = "order without spikes"
    /// Of any method that has the right drift and increments.
    private static let order = 1.0
    private static let tolerance = 0.25

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let isStrong = probe.choice.mode == .strong
        // Initial V apart from E_L, so that a weak error has something to be the error of.
        let problem = Problem(
            model: NeuronModel(threshold: 50), initial: .fixed(voltage: -1, current: 0), duration: 32)
        let measure =
            isStrong ? Study.MeasureChoice(name: "strong-final") : .init(name: "weak", observable: "cos-V")
        let result = try await probe.run(
            problem, steps: [1, 0.5, 0.25], orders: [(measure, Self.order, Self.tolerance)],
            paths: isStrong ? 256 : probe.paths)
        return OrderJudge(result, solver: probe.choice.name).judge(
            measure,
            diagnosis:
                "V converges to something else: sigma, tau_s or the coupling of I to V is not what the request says"
        )
    }
}

/// Orders of the default neuron, which spikes.
struct SpikingOrderRung: Rung {
    static let name = "order with spikes"

    func climb(_ probe: SolverProbe) async throws -> ConformanceLadder.Finding {
        let strong = Study.MeasureChoice(name: "strong-final")
        let weak = Study.MeasureChoice(name: "weak", observable: "spike-count")
        let orders = [
            (measure: strong, order: 0.5, tolerance: 0.25), (measure: weak, order: 1, tolerance: 0.5),
        ]
        .filter { probe.choice.mode == .strong || $0.measure == weak }
        let result = try await probe.run(
            Problem(duration: 100), steps: [1, 0.5, 0.25], orders: orders, paths: probe.paths)
        let judge = OrderJudge(result, solver: probe.choice.name)
        let findings = orders.map {
            judge.judge(
                $0.measure,
                diagnosis: "spikes or resets go wrong in a way that the rungs without noise do not show")
        }
        var finding =
            findings.first { $0.grade == .fail } ?? findings.first { $0.grade == .note } ?? findings[0]
        finding.text = findings.map(\.text).joined(separator: "; ")
        return finding
    }
}

/// Turns measured orders into findings.
private struct OrderJudge {
    let result: StudyResult
    let solver: String

    init(_ result: StudyResult, solver: String) {
        self.result = result
        self.solver = solver
    }

    /// Fails only where the order is proven to be lower.
    func judge(_ measure: Study.MeasureChoice, diagnosis: String) -> ConformanceLadder.Finding {
        let label = [measure.name, measure.observable].filter { !$0.isEmpty }.joined(separator: " ")
        let text =
            "\(label): \(values(measure, solver)), order \(orderText(measure, solver)); "
            + "our euler-maruyama \(values(measure, "euler-maruyama"))"
        let fit = result.orders.first { matches($0.measure, $0.observable, $0.integrator, measure, solver) }
        let isProvenLower = result.checks.contains {
            $0.name == measure.name && $0.observable == measure.observable && $0.verdict == .fail
        }
        if isProvenLower { return .init(.fail, text, diagnosis: diagnosis) }
        guard let low = fit?.intervalLow else {
            // Errors of the size of rounding have no order, and need none.
            let rounding = rows(measure, solver).allSatisfy { $0.note == Row.roundingNote }
            return rounding
                ? .init(.pass, text) : .init(.note, text, diagnosis: "too few paths for an order: use more")
        }
        if low > 0 { return .init(.pass, text) }
        return .init(.note, text, diagnosis: "too few paths for an order: use more")
    }

    private func matches(
        _ name: String, _ observable: String, _ integrator: String, _ measure: Study.MeasureChoice,
        _ wanted: String
    ) -> Bool {
        name == measure.name && observable == measure.observable && integrator == wanted
    }

    private func rows(_ measure: Study.MeasureChoice, _ integrator: String) -> [Row] {
        result.rows.filter { matches($0.measure, $0.observable, $0.integrator, measure, integrator) }
    }

    private func values(_ measure: Study.MeasureChoice, _ integrator: String) -> String {
        rows(measure, integrator).map { StepText.number($0.value ?? .nan) }.joined(separator: ", ")
    }

    private func orderText(_ measure: Study.MeasureChoice, _ integrator: String) -> String {
        let fit = result.orders.first {
            matches($0.measure, $0.observable, $0.integrator, measure, integrator)
        }
        guard let fit, let order = fit.order, let low = fit.intervalLow, let high = fit.intervalHigh else {
            return "unresolved"
        }
        return "\(StepText.number(order)) [\(StepText.number(low)), \(StepText.number(high))]"
    }
}

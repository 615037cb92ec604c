/// Populations that hardly fire, or faster than neurons can.
extension ResultBuilder {
    /// In 1/ms: 1 and 500 Hz.
    private static let plausibleRates = 0.001...0.5

    /// From the reference's rates, or those of the laws.
    func rateWarnings(_ scalars: [Scalar]) -> [StudyRemark] {
        let network = "network"
        let cases = plan.cases.count == 1 ? [network] : plan.cases.map(\.name).filter { $0 != network }
        return cases.compactMap { name in
            let rate = scalars.first { $0.case == name && $0.name == ProcessMeans.firingRate.name }?.value
            guard let rate, !Self.plausibleRates.contains(rate) else { return nil }
            let who =
                name == network
                ? (study.problem.network.neuronCount == 1 ? "the neuron" : "the network")
                : study.caseKeys[name] == nil ? name : "population \(name)"
            let hertz = 1000 * rate
            let shown = hertz > 0 && hertz < 0.1 ? "\(hertz)" : ((hertz * 100).rounded() / 100).shortest
            let key = study.caseKeys[name] ?? study.caseKeys[network]
            var remark = StudyRemark(
                key: key?.key ?? "problem", line: key?.line, column: key?.column,
                message: rate < 0.001
                    ? "\(who) fires at \(shown) Hz, below 1 Hz, so there are few spikes to see errors of; raise mu, sigma, "
                        + "weights or inputs, unless that is meant"
                    : "\(who) fires at \(shown) Hz, above 500 Hz, which no neuron does; check the units of mu, sigma, weights "
                        + "and input rates (1/ms), and t_ref")
            remark.run = true
            return remark
        }
    }
}

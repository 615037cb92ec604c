import ConvergenceStudies
import Testing

@Suite("Recurrent networks and inputs that make no sense are refused, with place and remedy")
struct RecurrentRefusalTests {
    /// A study of two populations, with a part of its topology replaced; `▸` marks the place of the error.
    struct Case: CustomTestStringConvertible, Sendable {
        var original: String
        var spoilt: String
        var fragments: [String]

        init(_ original: String, _ spoilt: String, _ fragments: String...) {
            (self.original, self.spoilt, self.fragments) = (original, spoilt, fragments)
        }

        var testDescription: String { spoilt }

        static let text = StudyText.replacing(
            "topology: single",
            with: """
                topology:
                    recurrent:
                      populations: {E: {size: 8, parameters: {tau_m: 10}}, I: {size: 2}}
                      connections:
                        - {from: E, to: I, rule: fixed-in-degree, in_degree: 3, weight: 0.01, delay: 1.5}
                  inputs: [{to: E, poisson: {rate: 0.5, height: 0.01}}]
                """)

        func check() {
            precondition(Self.text.contains(original), "nothing to replace")
            let marked = MarkedText(Self.text.replacing(original, with: spoilt, maxReplacements: 1))
            expectRefusal(of: marked.text, at: marked.place, fragments)
        }
    }

    @Test(arguments: [
        Case("populations:", "▸populatoins:", "recurrent.populatoins: unknown key", "\"populations\""),
        Case("E: {size: 8, parameters: {tau_m: 10}}", "E: ▸{}", "populations.E: the key \"size\" is missing"),
        Case("size: 8", "size: ▸0", "populations.E.size: is 0 but must lie between 1 and 100000"),
        Case("size: 2", "size: ▸2.5", "populations.I.size", "an integer is wanted"),
        Case(
            "populations: {E: {size: 8, parameters: {tau_m: 10}}, I: {size: 2}}",
            "populations: ▸{E: {size: 60000}, I: {size: 60000}}", "120000 neurons, more than 100000"),
        Case("size: 8", "▸sise: 8", "populations.E.sise: unknown key", "\"size\""),
        Case("{tau_m: 10}", "{▸tau: 10}", "populations.E.parameters.tau: unknown key", "tau_m"),
        Case("{tau_m: 10}", "{V_r: ▸1}", "V_r is 1 and V_th 1", "it is problem.parameters's"),
        Case("{tau_m: 10}", "{t_ref: ▸-1}", "parameters.t_ref: is -1 but must not be negative", "in ms"),
        Case("I: {size: 2}", "I: {size: 2}, ▸network: {size: 1}", "\"network\" cannot name a population"),
        Case("I: {size: 2}", "I: {size: 2}, ▸all: {size: 1}", "none of network, replay, all"),
        Case("I: {size: 2}", "I: {size: 2}, ▸a b: {size: 1}", "\"a b\" cannot name a population"),
        Case(
            "{E: {size: 8, parameters: {tau_m: 10}}, I: {size: 2}}", "▸[E, I]",
            "a mapping of populations is wanted"),
    ])
    func population(_ refusal: Case) { refusal.check() }

    @Test(arguments: [
        Case("from: E", "from: ▸e", "connections.from: unknown population \"e\"", "did you mean \"E\"?"),
        Case("to: I", "to: ▸Purkinje", "unknown population \"Purkinje\"", "available: all, E, I"),
        Case("from: E", "from: ▸all", "comes from one population", "one connection for each of E, I"),
        Case("rule: fixed-in-degree", "rule: ▸fixed-indegree", "unknown rule", "\"fixed-in-degree\""),
        Case("in_degree: 3", "in_degree: ▸9", "only 8 neurons to choose from", "or use the rule dense"),
        Case("to: I", "to: I, ▸weigth: 1", "connections.weigth: unknown key", "\"weight\""),
        Case("weight: 0.01", "weight: ▸.inf", "connections.weight: is .inf"),
        Case("delay: 1.5", "delay: ▸-1", "connections.delay: is -1 but must not be negative"),
        Case("delay: 1.5", "delay: ▸[1]", "a list of 1, where a range has two ends", "[1, 2.5]"),
        Case("delay: 1.5", "delay: ▸[2, 1]", "the shortest delay, 2 ms, is above the longest"),
        Case("delay: 1.5", "delay: [1, ▸x]", "connections.delay: is \"x\" where a number"),
        Case("delay: 1.5", "synapse: ▸alpha", "unknown synapse \"alpha\"", "current, delta"),
        Case("in_degree: 3", "probability: ▸0.1", "the rule fixed-in-degree takes in_degree"),
        Case(
            "- {from: E, to: I, rule: fixed-in-degree, in_degree: 3",
            "- {from: E, to: I, rule: ▸fixed-in-degree", "takes in_degree", "add `in_degree: 10`"),
        Case(
            "rule: fixed-in-degree, in_degree: 3", "rule: dense, in_degree: ▸3",
            "the rule dense takes no argument"
        ),
        Case(
            "rule: fixed-in-degree, in_degree: 3", "rule: gaussian, in_degree: ▸3",
            "the rule gaussian takes probability and width"),
        Case(
            "- {from: E, to: I, rule: fixed-in-degree, in_degree: 3",
            "- {from: E, to: I, rule: ▸gaussian, probability: 0.1", "add `width: 0.2`"),
        Case(
            "rule: fixed-in-degree, in_degree: 3", "rule: erdos-renyi, probability: ▸1.5",
            "is 1.5 but must lie between 0 and 1"),
        Case(
            "rule: fixed-in-degree, in_degree: 3, weight: 0.01, delay: 1.5}",
            "rule: dense, weight: 0.01}\n      connectivity_seed: ▸2", "has no effect where"),
    ])
    func connection(_ refusal: Case) { refusal.check() }

    @Test("in-degrees within a population leave out the neuron itself")
    func ownPopulation() {
        Case(
            "from: E, to: I, rule: fixed-in-degree, in_degree: 3",
            "from: E, to: E, rule: fixed-in-degree, in_degree: ▸8", "only 7 neurons", "projects to itself"
        ).check()
    }

    @Test(
        "what would never end or fill the memory",
        arguments: [
            Case(
                "{E: {size: 8, parameters: {tau_m: 10}}, I: {size: 2}}\n"
                    + "      connections:\n        - {from: E, to: I, rule: fixed-in-degree, in_degree: 3,",
                "{E: {size: 8000}, I: {size: 2000}}\n      connections:\n        ▸- {from: E, to: I, rule: dense,",
                "16000000 synapses, more than 10000000"),
            Case(
                "{E: {size: 8, parameters: {tau_m: 10}}, I: {size: 2}}\n"
                    + "      connections:\n        - {from: E, to: I, rule: fixed-in-degree, in_degree: 3,",
                "{E: {size: 50000}, I: {size: 50000}}\n      connections:\n"
                    + "        ▸- {from: E, to: I, rule: erdos-renyi, probability: 1e-4,",
                "2500000000 pairs of neurons"),
        ])
    func endless(_ refusal: Case) { refusal.check() }

    @Test("a population that would never rest is named")
    func restless() {
        let text = Case.text.replacing("I: {size: 2}", with: "I: {size: 2, parameters: {mu: 1e6}}")
        expectRefusal(of: text, at: "3:3", ["V of population I can rise from V_r to V_th"])
    }

    /// Seven neurons that each add 0.05 · 5 ms to the others' currents: 7 · 0.25 spikes for one.
    @Test("spikes that would multiply without end, unless inhibition or a refractory period prevents it")
    func runaway() throws {
        let text = Case.text.replacing(
            "{from: E, to: I, rule: fixed-in-degree, in_degree: 3, weight: 0.01, delay: 1.5}",
            with: "{from: E, to: E, rule: dense, weight: 0.05}")
        expectRefusal(of: text, at: "3:3", ["brings about 1.75 others", "give these neurons a t_ref"])
        let refractory = text.replacing("{tau_m: 10}", with: "{t_ref: 1}")
        let inhibited = text.replacing(
            "weight: 0.05}",
            with: """
                weight: 0.05}
                        - {from: E, to: I, rule: dense, weight: 0.2}
                        - {from: I, to: E, rule: dense, weight: -0.3}
                """)
        for harmless in [refractory, inhibited] { _ = try StudyFile.parse(harmless, file: "s.yaml") }
    }

    @Test(arguments: [
        Case("to: E, poisson", "to: ▸F, poisson", "inputs.to: unknown population \"F\""),
        Case(
            "{to: E, poisson: {rate: 0.5, height: 0.01}}", "▸{to: E}", "the input has no pattern", "poisson"),
        Case(
            "{to: E, poisson", "▸{pulse: {from: 1, until: 2, height: 1}, poisson", "the input has 2 patterns"),
        Case("{to: E, poisson", "{to: E, as: ▸voltege, poisson", "unknown kind of input", "\"voltage\""),
        Case("rate: 0.5", "rate: ▸-1", "inputs.poisson.rate: is -1 but must lie between 0 and 1000"),
        Case("{rate: 0.5, height: 0.01}", "▸{rate: 0.5}", "the key \"height\" is missing"),
        Case("{to: E, poisson", "{▸too: E, poisson", "inputs.too: unknown key", "\"to\""),
        Case(
            "poisson: {rate: 0.5, height: 0.01}", "times: {at: ▸[2, 1], height: 1}", "not in ascending order"),
        Case("poisson: {rate: 0.5, height: 0.01}", "times: {at: [▸-2, 1], height: 1}", "is -2"),
        Case(
            "poisson: {rate: 0.5, height: 0.01}", "pulse: {from: 5, until: ▸5, height: 1}",
            "ends at 5 ms, but begins at 5 ms"),
        Case(
            "poisson: {rate: 0.5, height: 0.01}", "uniform: {low: 1, high: ▸0, interval: 1}",
            "is 0, below low"),
        Case(
            "poisson: {rate: 0.5, height: 0.01}", "uniform: {low: 0, high: 1, interval: ▸0}",
            "must lie between 0.001"),
    ])
    func input(_ refusal: Case) { refusal.check() }

    @Test(
        "Lyapunov exponents where their formula does not hold",
        arguments: [
            (
                "tau_m: 20", "tau_m: 20, t_ref: 2", "without a refractory period"
            ),
            (
                "topology: single",
                "topology: {recurrent: {populations: {A: {size: 2}}, "
                    + "connections: [{from: A, to: A, rule: dense, weight: 0.01}]}}", "networks with feedback"
            ),
            (
                "duration:",
                "inputs: [{poisson: {rate: 0.5, height: 0.01}, as: voltage}]\n  duration:",
                "a jump of V does not have"
            ),
        ])
    func lyapunov(_ part: String, _ other: String, _ reason: String) {
        let text = StudyText.replacing(part, with: other).replacing(
            "{weak: cos-V}, spike-times", with: "▸lyapunov")
        let marked = MarkedText(text)
        expectRefusal(
            of: marked.text, at: marked.place, ["measures: lyapunov", reason, "; remove lyapunov"])
    }
}

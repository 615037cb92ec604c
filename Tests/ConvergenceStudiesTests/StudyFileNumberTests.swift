import ConvergenceStudies
import Testing

@Suite("Wrong numbers are refused, with place and remedy")
struct StudyFileNumberTests {
    @Test(arguments: [
        Refusal("tau_m: 20", "tau_m: ▸-20", "problem.parameters.tau_m: is -20 but must be positive", "in ms"),
        Refusal("tau_s: 5", "tau_s: ▸0", "tau_s: is 0 but must be positive"),
        Refusal(
            "tau_s: 5", "tau_s: ▸1e-10", "tau_s: is 1e-10 but must be positive and lie between 1e-9 and 1e9"),
        Refusal("tau_m: 20", "tau_m: ▸1e10", "tau_m: is 1e10 but must be positive", "between 1e-9 and 1e9"),
        Refusal("sigma: 0.02", "sigma: ▸-1e-3", "sigma: is -1e-3 but must not be negative"),
        Refusal("mu: 0.045", "mu: ▸.nan", "mu: is .nan, which is no finite number"),
        Refusal("mu: 0.045", "mu: ▸NaN", "is NaN, which is no finite number", "for example 0.045"),
        Refusal("mu: 0.045", "mu: ▸-.inf", "no finite number"),
        Refusal("mu: 0.045", "mu: ▸1e400", "beyond what a 64-bit number holds"),
        Refusal("mu: 0.045", "mu: ▸1e10", "is 1e10 but must lie between -1e9 and 1e9"),
        Refusal("mu: 0.045", "mu: ▸true", "is the boolean true where a number is wanted"),
        Refusal("mu: 0.045", "mu: ▸\"0.045\"", "is the text \"0.045\"", "remove the quotes"),
        Refusal("mu: 0.045", "mu: ▸0x10", "is \"0x10\" where a number is wanted", "16"),
        Refusal("mu: 0.045", "mu: ▸1_000", "where a number is wanted"),
        Refusal("mu: 0.045", "mu: ▸1:30", "where a number is wanted"),
        Refusal("mu: 0.045", "▸mu: ", "mu: is empty where a number is wanted"),
        Refusal("mu: 0.045", "mu: ▸[1]", "mu: is a list where a number is wanted"),
        Refusal("V_r: 0", "V_r: ▸1", "reset must lie below the threshold", "lower V_r or raise V_th"),
        Refusal("V_r: 0", "V_r: ▸2", "V_r is 2 and V_th 1"),
        Refusal("{V: 0, I: 0}", "{V: ▸1, I: 0}", "initial.V: V starts at 1", "at V_r = 0"),
        Refusal("{V: 0, I: 0}", "{V: ▸0, stationary: 5}", "has no V and I of its own"),
        Refusal("{V: 0, I: 0}", "{stationary: ▸-1}", "initial.stationary: is -1"),
    ])
    func parameter(_ refusal: Refusal) { refusal.check() }

    @Test(
        "limits can be taken",
        arguments: [("mu: 0.045", "mu: -1e9"), ("mu: 0.045", "t_ref: 1e9"), ("tau_m: 20", "tau_m: 1e9")])
    func limit(_ original: String, _ changed: String) {
        let text = StudyText.replacing(original, with: changed)
        #expect(throws: Never.self) { try StudyFile.parse(text, file: "s.yaml") }
    }

    @Test(
        "what would never end or fill the memory",
        arguments: [
            Refusal("parameters: {tau_m: 20", "▸parameters: {tau_m: 1e-6", "too short for a step of 0.5 ms"),
            Refusal(
                "parameters: {tau_m: 20, tau_s: 5", "▸parameters: {tau_m: 20, tau_s: 1e-8", "too short"),
            Refusal(
                "parameters: {tau_m: 20, tau_s: 5, E_L: 0, V_th: 1, V_r: 0, mu: 0.045",
                "▸parameters: {tau_m: 20, tau_s: 5, E_L: 0, V_th: 1, V_r: 0, mu: 1e6", "times in a ms",
                "lower mu"),
        ])
    func endless(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        Refusal("paths: 1024", "paths: ▸0", "sampling.paths: is 0 but must lie between 1 and 4294967296"),
        Refusal("paths: 1024", "paths: ▸-5", "is -5 but must lie between"),
        Refusal("paths: 1024", "paths: ▸4294967297", "must lie between"),
        Refusal("paths: 1024", "paths: ▸1e5", "is \"1e5\" where an integer is wanted", "100000"),
        Refusal("paths: 1024", "paths: ▸20480.0", "where an integer is wanted", "20480"),
        Refusal("paths: 1024", "paths: ▸010", "where an integer is wanted"),
        Refusal("paths: 1024", "paths: ▸99999999999999999999999999999999999999999999", "must lie between"),
        Refusal("seed: 1", "seed: ▸-1", "sampling.seed: is -1"),
        Refusal("seed: 1", "seed: ▸9223372036854775809", "sampling.seed"),
        Refusal("0.95", "▸1", "sampling.confidence: is 1 but must lie between 0 and 1"),
        Refusal("0.95", "0.95, root_cell: ▸8", "sampling.root_cell: is 8 but must be above 0 and at most 4"),
        Refusal("0.95", "0.95, root_cell: ▸4.5", "sampling.root_cell: is 4.5"),
        Refusal("0.95", "0.95, root_cell: ▸0", "sampling.root_cell"),
    ])
    func sampling(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        Refusal("[0.5, 0.25]", "[0.5, ▸0.3]", "steps: 0.3 ms is not the root cell (4 ms)", "0.25 and 0.5"),
        Refusal("[0.5, 0.25]", "[▸8]", "the nearest admissible step is 4"),
        Refusal(
            "[0.5, 0.25]", "[▸4.76837158203125e-07]", "the nearest admissible step is 9.5367431640625e-07"),
        Refusal("[0.5, 0.25]", "[▸0, 0.5]", "steps: is 0 but must be positive"),
        Refusal("[0.5, 0.25]", "[0.5, 0.25, ▸0.5]", "the same step is listed twice"),
        Refusal("[0.5, 0.25]", "▸[]", "the list of steps is empty"),
        Refusal("[0.5, 0.25]", "▸0.5", "where a list of steps is wanted", "[0.5, 0.25, 0.125]"),
        Refusal(
            "[0.5, 0.25]", "▸[2, 0.0009765625]", "more than 1024 times the finest", "split the study in two"),
        Refusal("duration: 100", "duration: ▸100.25", "not a multiple of h = 0.5", "100 and 100.5"),
        Refusal("duration: 100", "duration: ▸0.25", "not a multiple", "the nearest multiple is 0.5"),
        Refusal("duration: 100", "duration: ▸0", "problem.duration: is 0 but must be positive"),
        Refusal("duration: 100", "duration: ▸1e10", "more than 2^31 root cells"),
        Refusal("exact-event", "{fine-grid: {factor: ▸24}}", "fine-grid.factor: is 24", "for example 16"),
        Refusal("exact-event", "{fine-grid: {factor: ▸8}}", "power of two from 16 on"),
        Refusal("exact-event", "▸{fine-grid: {factor: 65536}}", "too fine", "lower the factor"),
    ])
    func time(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        Refusal("single", "▸{layers: 3, weight: 1}", "topology: the key \"width\" is missing"),
        Refusal("single", "{layers: ▸0, width: 4, weight: 1}", "topology.layers: is 0"),
        Refusal("single", "{layers: 3, width: ▸1.5, weight: 1}", "topology.width", "integer is wanted"),
        Refusal("single", "▸{layers: 3, width: 50000, weight: 1}", "150000 neurons, more than 100000"),
        Refusal(
            "single", "▸{layers: 2, width: 40000, weight: 1}", "1600000000 synapses", "smaller in_degree"),
        Refusal("single", "{layers: 3, width: 4, weight: ▸[1]}", "3 layers have 2 gaps"),
        Refusal("single", "{layers: 3, width: 4, weight: [1, ▸.inf]}", "topology.weight: is .inf"),
        Refusal(
            "single", "{layers: 3, width: 4, weight: 1, in_degree: ▸5}", "in_degree: is 5", "from 1 to 4"),
        Refusal("single", "{layers: 3, width: 4, weight: 1, connectivity_seed: ▸5}", "add in_degree"),
    ])
    func network(_ refusal: Refusal) { refusal.check() }
}

import ConvergenceStudies
import Testing

@Suite("Wrong keys, names and expectations are refused, with place and remedy")
struct StudyFileRefusalTests {
    @Test(arguments: [
        Refusal("study: small", "study: small\n▸titel: x", "titel: unknown key", "did you mean \"title\"?"),
        Refusal("measures:", "▸measurez:", "measurez: unknown key", "did you mean \"measures\"?"),
        Refusal("tau_m: 20", "▸tau: 20", "problem.parameters.tau: unknown key", "\"tau_m\""),
        Refusal(
            "mu: 0.045", "▸zebra: 1", "problem.parameters.zebra: unknown key", "; known here: tau_m, tau_s"),
        Refusal("seed: 1", "▸sede: 1", "sampling.sede: unknown key", "did you mean \"seed\"?"),
        Refusal("V: 0, I", "V: 0, ▸J", "problem.initial.J: unknown key"),
        Refusal("order: 0.5", "order: 0.5, ▸knd: bound", "expect.knd: unknown key", "\"kind\""),
        Refusal("V: 0, I: 0", "V: 0, I: 0, ▸[1]: 2", "problem.initial: a list or mapping cannot be a key"),
        Refusal("mu: 0.045", "▸<<: {sigma: 1}", "<<: YAML merge keys are not supported"),
        Refusal(
            "{V: 0, I: 0}", "▸[0, 0]", "problem.initial: is a list where a mapping is wanted", "{V: 0, I: 0}"),
        Refusal(
            "{paths: 1024, seed: 1, confidence: 0.95}", "▸{}", "the key \"paths\" is missing",
            "`paths: 20480`"),
    ])
    func key(_ refusal: Refusal) { refusal.check() }

    @Test(
        arguments: [
            ("study: small\n", "1:1", "study"), ("  duration: 100\n", "3:3", "duration"),
            ("steps: [0.5, 0.25]\n", "1:1", "steps"), (", tolerance: 0.1", "12:10", "tolerance"),
        ])
    func missingKey(_ removed: String, _ place: String, _ key: String) {
        expectRefusal(
            of: StudyText.replacing(removed, with: ""), at: place,
            ["the key \"\(key)\" is missing", "add `\(key): "])
    }

    @Test(arguments: [
        Refusal(
            "[euler-maruyama, ", "[▸euler-maruyma, ", "integrators: unknown integrator \"euler-maruyma\"",
            "did you mean \"euler-maruyama\"? (`spikeverify list integrators` shows all)"),
        Refusal(
            "+hermite]", "+hermite, ▸euler-maruyama]", "integrators: the same integrator is listed twice"),
        Refusal("[strong-final, ", "[▸strong-finale, strong-final, ", "unknown measure", "\"strong-final\""),
        Refusal(
            "[strong-final, ", "[strong-final, ▸weak, ", "weak errors need an observable", "{weak: cos-V}"),
        Refusal("[strong-final, ", "[strong-final, ▸cos-V, ", "is an observable", "write {weak: cos-V}"),
        Refusal(
            "[strong-final, {weak: cos-V}", "[strong-final, {weak: ▸cosV}",
            "measures.weak: unknown observable"),
        Refusal(
            "study: small", "study: ▸../small", "study: \"../small\" cannot name a study", "letters, digits"),
        Refusal("study: small", "study: ▸.small", "no dot at the beginning"),
        Refusal("study: small", "▸study:", "study: is empty"),
        Refusal("study: small", "study: small\ntitle: ▸[a]", "title: is a list where a title is wanted"),
        Refusal("study: small", "study: small\ntitle: ▸|\n  a\n  b", "title: has several lines"),
        Refusal(
            "problem:\n", "problem:\n  model: ▸current-lyf\n", "problem.model: unknown model",
            "\"current-lif\""),
        Refusal(
            "exact-event", "▸exactevent", "reference: unknown reference", "did you mean \"exact-event\"?"),
        Refusal(
            "exact-event", "{fine-grid: {integrator: ▸euler}}", "reference.fine-grid.integrator: unknown"),
        Refusal("topology: single", "topology: ▸ring", "unknown topology", "available: single, {layers"),
    ])
    func name(_ refusal: Refusal) { refusal.check() }

    @Test(arguments: [
        Refusal("measure: strong-final", "measure: ▸strong-mean", "does not measure this", "add strong-mean"),
        Refusal("measure: strong-final", "measure: ▸{weak: tanh-I}", "add {weak: tanh-I} to `measures`"),
        Refusal("measure: strong-final", "measure: {weak: ▸cosV}", "measure.weak: unknown observable"),
        Refusal("measure: strong-final", "measure: {▸weka: cos-V}", "unknown key", "\"weak\""),
        Refusal("measure: strong-final", "measure: ▸{}", "\"weak\" is missing"),
        Refusal(
            "measure: strong-final", "measure: ▸{weak: cos-V, bad-set-share: h^1/2}", "names 2 measures",
            "keep one of bad-set-share, weak"),
        Refusal(
            "measure: strong-final", "measure: ▸bad-set-share", "bad-set-share needs an observable",
            "{bad-set-share: h^1/4}, with one of h^1/4, h^1/2"),
        Refusal(
            "measure: strong-final", "measure: {bad-set-share: ▸h^1/3}", "unknown observable \"h^1/3\"",
            "h^1/4"),
        Refusal("measure: strong-final", "measure: ▸{bad-set-share: h^1/2}", "add good-set to `measures`"),
        Refusal("measure: strong-final", "measure: ▸lyapunov", "has no order of convergence"),
        Refusal("measure: strong-final", "measure: ▸spike-times", "name one of them: spike-time-rms"),
        Refusal("order: 0.5", "order: ▸half", "expect.order: is \"half\" where a number is wanted"),
        Refusal("integrator: euler-maruyama", "integrator: ▸euler-maruyamas", "unknown integrator"),
        Refusal(
            "integrator: euler-maruyama", "integrator: ▸exact-propagator", "does not run exact-propagator",
            "add it to `integrators`"),
        Refusal("tolerance: 0.1", "tolerance: ▸0", "expect.tolerance: is 0 but must be positive"),
        Refusal("tolerance: 0.1", "tolerance: 0.1, kind: ▸atleast", "unknown kind", "\"at-least\""),
        Refusal("tolerance: 0.1", "tolerance: 0.1, case: ▸layer-1", "there is no case \"layer-1\""),
        Refusal(
            "tolerance: 0.1}",
            "tolerance: 0.1}, ▸{measure: strong-final, integrator: euler-maruyama, order: 1, tolerance: 1}",
            "two expectations"),
        Refusal("order: 0.5", "h: ▸0.25, order: 0.5", "an order has no step"),
        Refusal("order: 0.5", "h: ▸1, value: 0.5", "has no step of 1.0 ms", "0.5, 0.25"),
        Refusal("order: 0.5", "order: ▸0.5, value: 0.5", "an order or a value"),
        Refusal("order: 0.5", "order: 0.5, method: ▸twin", "only scalars have a method"),
        Refusal(
            "measure: strong-final, integrator: euler-maruyama, order: 0.5",
            "scalar: ▸lyapunov-V, integrator: euler-maruyama, value: 0", "does not find lyapunov-V",
            "add lyapunov"),
        Refusal(
            "measure: strong-final, integrator: euler-maruyama, order: 0.5",
            "scalar: ▸firing-rates, integrator: euler-maruyama, value: 0", "unknown scalar", "\"firing-rate\""
        ),
        Refusal(
            "measure: strong-final, integrator: euler-maruyama, order: 0.5",
            "scalar: firing-rate, integrator: exact-event, order: ▸0.5", "a scalar has no order"),
        Refusal(
            "measure: strong-final, integrator: euler-maruyama, order: 0.5",
            "scalar: firing-rate, method: ▸siegert, integrator: exact-event, value: 1", "no methods to choose"
        ),
        Refusal(
            "{measure: strong-final", "{scalar: firing-rate, measure: ▸strong-final", "about a measure or"),
        Refusal("tolerance: 0.1", "tolerance: ▸-0.1, kind: bound", "is -0.1 but must not be negative"),
        Refusal("confidence: 0.95", "false_alarm: ▸1", "is 1 but must lie between 0 and 1"),
    ])
    func expectation(_ refusal: Refusal) { refusal.check() }

    @Test("a mistake in one section does not hide those in others")
    func several() {
        let text = StudyText.valid.replacing("mu: 0.045", with: "mu: x").replacing("[strong", with: "[wrong")
            .replacing("0.25]", with: "0.3]")
        #expect {
            try StudyFile.parse(text, file: "s.yaml")
        } throws: { error in
            (error as? StudyFileError)?.problems.map(\.line) == [3, 9, 10]
        }
    }
}

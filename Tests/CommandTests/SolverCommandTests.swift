import ConvergenceStudies
import Foundation
import Subprocess
import TestSupport
import Testing

/// The templates of solvers beside the studies.
enum Templates {
    static let folder = Repository.folder.appending(path: "convergence/solvers").path
    static let numpy = folder + "/numpy/euler.py"

    /// The C template, compiled as its main.c says.
    ///
    /// - Parameters:
    ///   - original: What of it to replace by something else first.
    static func compileC(
        in scratch: Scratch, replacing original: String = "", with other: String = ""
    ) async throws -> String {
        let program = scratch.path + "/euler_maruyama"
        let template = try String(contentsOfFile: folder + "/c/euler_maruyama.c", encoding: .utf8)
        #expect(original.isEmpty || template.contains(original))
        let source = try scratch.file("euler_maruyama.c", template.replacing(original, with: other))
        let include = folder + "/../../Sources/CSolverProtocol/include"
        let result = try await Subprocess.run(
            .name("cc"),
            arguments: [
                "-O2", "-Wall", "-Wextra", "-Werror", "-I", include, "-I", folder + "/c", source,
                folder + "/c/main.c",
                "-lm", "-o", program,
            ],
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        #expect(result.terminationStatus.isSuccess, "\(result.standardError)")
        return program
    }
}

@Suite("Solvers on the command line")
struct SolverCommandTests {
    /// SmallStudy with a solver beside Euler-Maruyama.
    static func study(_ command: String, more: String = "") -> String {
        SmallStudy.text.replacing(
            "[euler-maruyama]", with: "[euler-maruyama, {solver: mine, command: \(command)\(more)}]")
    }

    static func values(_ result: StudyResult, _ integrator: String) -> [Double?] {
        result.rows.filter { $0.integrator == integrator }.map(\.value)
    }

    @Test("the C template runs in a study, found beside the study file, and has Euler-Maruyama's errors")
    func templateInStudy() async throws {
        let scratch = try Scratch()
        _ = try await Templates.compileC(in: scratch)
        let file = try scratch.file("s.yaml", Self.study("[./euler_maruyama, \"{request}\", \"{reply}\"]"))
        let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("mine: c 1, Euler-Maruyama, float64; spikes stamped with the end"))
        let data = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/out/small/result.json"))
        let result = try JSONDecoder().decode(StudyResult.self, from: data)
        for (ours, its) in zip(Self.values(result, "euler-maruyama"), Self.values(result, "mine")) {
            #expect(abs(try #require(ours) - (try #require(its))) <= 1e-12)
        }
    }

    @Test("the C template passes the ladder")
    func templateOnLadder() async throws {
        let scratch = try Scratch()
        let program = try await Templates.compileC(in: scratch)
        let outcome = try await Tool.run("solver", "test", "--paths", "8192", "--", program)
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("12 rungs: 12 passed"), "\(outcome.output)")
    }

    static let failures: [(String, String)] = [
        ("echo no such thing >&2; exit 5", "no such thing"),
        ("sleep 100", "time-out"),
        ("kill -KILL $$", "signal 9"),
        ("echo '{]' > $2", "no JSON"),
        ("true", "no reply.json"),
    ]

    @Test("a solver that fails is neither right nor wrong: exit code 3", arguments: failures)
    func failure(script: String, fragment: String) async throws {
        let scratch = try Scratch()
        _ = try scratch.file("fake.sh", script + "\n")
        let file = try scratch.file(
            "s.yaml", Self.study("[sh, fake.sh, \"{request}\", \"{reply}\"]", more: ", timeout: 1"))
        let unclimbed = try scratch.file(
            "u.yaml",
            Self.study("[sh, fake.sh, \"{request}\", \"{reply}\"]", more: ", timeout: 1, ladder: false"))
        let alone = try await Tool.run("run", unclimbed, "--out", scratch.path + "/alone")
        #expect(alone.errors.contains("mine at h = 0.5 ms"), "\(alone.errors)")
        let studied = try await Tool.run("run", file, "--out", scratch.path + "/out")
        let tested = try await Tool.run(
            "solver", "test", "--timeout", "1", "--", "sh", scratch.path + "/fake.sh")
        for outcome in [studied, tested, alone] {
            #expect(outcome.code == 3)
            #expect(outcome.errors.contains(fragment), "\(outcome.errors)")
            for match in outcome.errors.matches(of: /kept in (\S+)/) {
                try FileManager.default.removeItem(atPath: String(match.1))
            }
        }
        #expect(studied.errors.contains("mine on the ladder's rung \"handshake\""), "\(studied.errors)")
        #expect(tested.errors.contains("on the ladder's rung \"handshake\""), "\(tested.errors)")
    }

    /// What becomes of the right reply of the NumPy template, and what is said of it.
    static let spoiled: [(String, String)] = [
        ("truncate -s 100 \"$states\"", "states.npy is cut off"),
        (
            "python -c 'import numpy, sys; a = numpy.load(sys.argv[1]); a[:] = numpy.nan; numpy.save(sys.argv[1], a)'"
                + " \"$states\"", "V is nan"
        ),
    ]

    @Test(
        "half a file and a file full of NaN are no errors of accuracy: exit code 3",
        .enabled(if: NumPy.python != nil, "needs NumPy"), arguments: spoiled)
    func spoiledReply(command: String, fragment: String) async throws {
        let scratch = try Scratch()
        let python = try #require(NumPy.python)
        let script = """
            python() { \(python) "$@"; }
            states=$(dirname "$2")/states.npy
            python '\(Templates.numpy)' "$1" "$2" && \(command)

            """
        let fake = try scratch.file("fake.sh", script)
        let file = try scratch.file("s.yaml", Self.study("[sh, fake.sh, \"{request}\", \"{reply}\"]"))
        let studied = try await Tool.run("run", file, "--out", scratch.path + "/out")
        let tested = try await Tool.run("solver", "test", "--", "sh", fake)
        for outcome in [studied, tested] {
            #expect(outcome.code == 3)
            #expect(outcome.errors.contains(fragment), "\(outcome.errors)")
            for match in outcome.errors.matches(of: /kept in (\S+)/) {
                try FileManager.default.removeItem(atPath: String(match.1))
            }
        }
    }

    @Test("exit code 77 skips the case, visibly, and the others are reported")
    func skipped() async throws {
        let scratch = try Scratch()
        _ = try scratch.file("fake.sh", "echo not with me >&2; exit 77\n")
        let file = try scratch.file("s.yaml", Self.study("[sh, fake.sh, \"{request}\", \"{reply}\"]"))
        let outcome = try await Tool.run("run", file, "--out", scratch.path + "/out")
        #expect(outcome.code == 0, "\(outcome.errors)")
        #expect(outcome.output.contains("mine: skipped at every step: not with me"))
        let data = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/out/small/result.json"))
        let result = try JSONDecoder().decode(StudyResult.self, from: data)
        #expect(result.rows.filter { $0.integrator == "mine" }.allSatisfy { $0.note.contains("not with me") })
        #expect(Self.values(result, "euler-maruyama").allSatisfy { $0 != nil })
    }

    static let misuse = [
        ["solver", "test"], ["solver", "test", "--mode", "loud", "--", "true"],
        ["solver", "test", "--timeout", "0", "--", "true"], ["solver", "test", "--paths", "1", "--", "true"],
    ]

    @Test("wrong arguments are refused", arguments: misuse)
    func usage(arguments: [String]) async throws {
        #expect(try await Tool.run(arguments).code == 64)
    }
}

@Suite("The NumPy template", .enabled(if: NumPy.python != nil, "no Python with NumPy on this machine"))
struct NumPyTemplateTests {
    @Test("it passes the ladder and has our Euler-Maruyama's errors")
    func template() async throws {
        let python = try #require(NumPy.python)
        let scratch = try Scratch()
        let ladder = try await Tool.run("solver", "test", "--", python, Templates.numpy)
        #expect(
            ladder.code == 0 && ladder.output.contains("12 rungs: 12 passed"),
            "\(ladder.output) \(ladder.errors)")
        let file = try scratch.file(
            "s.yaml",
            SolverCommandTests.study("[\(python), \(Templates.numpy), \"{request}\", \"{reply}\"]"))
        #expect(try await Tool.run("run", file, "--out", scratch.path + "/out").code == 0)
        let data = try Data(contentsOf: URL(fileURLWithPath: scratch.path + "/out/small/result.json"))
        let result = try JSONDecoder().decode(StudyResult.self, from: data)
        let pairs = zip(
            SolverCommandTests.values(result, "euler-maruyama"), SolverCommandTests.values(result, "mine"))
        for (ours, its) in pairs { #expect(abs(try #require(ours) - (try #require(its))) <= 1e-12) }
    }

    /// A part of the template, what a bug makes of it, and the ladder's words for that.
    static let bugs: [(String, String, String)] = [
        ("np.full(fired.sum(), (k + 1) * h)", "np.full(fired.sum(), k * h)", "stamped one step early"),
        ("p[\"sigma\"] * dW[:, k]", "p[\"sigma\"] * h**0.5 * dW[:, k]", "dW is multiplied by sqrt(h)"),
        ("* dW[:, k]", "* dW[:, k - 1]", "increments are used one step late"),
        (
            "np.where(fired, p[\"V_r\"], V)", "np.where(fired, V - p[\"V_th\"] + p[\"V_r\"], V)",
            "reset subtracts"
        ),
        ("(k + 1) * h + p[\"t_ref\"]", "k * h + p[\"t_ref\"]", "released one step early"),
        ("mail[(k + lag) % len(mail)]", "mail[k % len(mail)]", "delays are not used"),
    ]

    @Test("a copy with a bug is told which", arguments: bugs)
    func bug(part: String, replacement: String, words: String) async throws {
        let python = try #require(NumPy.python)
        let text = try String(contentsOfFile: Templates.numpy, encoding: .utf8)
        try #require(text.contains(part), "the template has changed")
        let scratch = try Scratch()
        let broken = try scratch.file("broken.py", text.replacing(part, with: replacement))
        let outcome = try await Tool.run("solver", "test", "--paths", "256", "--", python, broken)
        #expect(outcome.code == 1)
        let failed = outcome.output.split(separator: "\n").drop { !$0.contains("FAIL") }.prefix(5)
        // Lines are broken at spaces.
        let said = failed.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(said.contains(words), "\(outcome.output)")
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 110 }, "\(outcome.output)")
    }

    /// Faults that the documented neuron cannot show, whose E_L and V_r are 0, which has no refractory period and is alone.
    static let unseen: [(String, String, String)] = [
        (
            "np.where(fired, p[\"V_r\"], V)", "np.where(fired, V - p[\"V_th\"] + p[\"V_r\"], V)",
            "spike times"
        ),
        ("(p[\"E_L\"] - V)", "(0 - V)", "leak"),
        ("np.array(values) for name", "np.full(neurons, values[0]) for name", "leak"),
    ]

    @Test("a study's solver climbs the ladder first, and fails a check that sees nothing", arguments: unseen)
    func checked(part: String, replacement: String, rung: String) async throws {
        let python = try #require(NumPy.python)
        let text = try String(contentsOfFile: Templates.numpy, encoding: .utf8)
        try #require(text.contains(part), "the template has changed")
        let scratch = try Scratch()
        _ = try scratch.file("broken.py", text.replacing(part, with: replacement))
        let command = "[\(python), broken.py, \"{request}\", \"{reply}\"]"
        let file = try scratch.file("s.yaml", SolverCommandTests.study(command))
        let names = ["--out", scratch.path + "/out", "--baseline", scratch.path + "/none"]
        let outcome = try await Tool.run(["check", file, "--junit", scratch.path + "/j.xml"] + names)
        #expect(outcome.code == 1, "\(outcome.output) \(outcome.errors)")
        #expect(
            outcome.output.contains("mine fails on the ladder's rung \"\(rung)\""), "\(outcome.output)")
        let junit = try String(contentsOfFile: scratch.path + "/j.xml", encoding: .utf8)
        #expect(junit.contains("ladder: mine, \(rung)"), "\(junit)")
        let run = try await Tool.run("run", file, "--out", scratch.path + "/run")
        #expect(run.code == 1 && run.output.contains("fail, mine fails on the ladder"), "\(run.output)")
        let unclimbed = try scratch.file(
            "u.yaml", SolverCommandTests.study(command, more: ", ladder: false"))
        #expect(try await Tool.run(["check", unclimbed] + names).code == 0)
    }

    @Test("the study beside the templates passes, ladder and all")
    func templateStudy() async throws {
        let python = try #require(NumPy.python)
        let text = try String(contentsOfFile: Templates.folder + "/template.yaml", encoding: .utf8)
        let scratch = try Scratch()
        let file = try scratch.file(
            "s.yaml",
            text.replacing("[python3, numpy/euler.py,", with: "[\(python), \(Templates.numpy),"))
        let outcome = try await Tool.run("check", file, "--out", scratch.path, "--baseline", scratch.path)
        #expect(outcome.code == 0 && outcome.output.contains("solvers-template: pass"), "\(outcome.output)")
    }
}

import ArgumentParser
import ConvergenceReports
import ConvergenceStudies
import SolverProtocol

struct SolverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solver",
        abstract: "Let a simulator of your own take the test.",
        subcommands: [SolverTestCommand.self])
}

struct SolverTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Climb the ladder of conformance with a solver, and say what is probably wrong.",
        usage: "spikeverify solver test [<options>] -- <command> ...",
        discussion: """
            The command is started once for every batch of paths, with {request} and {reply} replaced by the paths of \
            the two files; without them they come last. Exit codes: 0 nothing is wrong, 1 a rung failed, \
            3 the solver failed.
            """)

    @Option(help: "Handed to the solver as the name of the method it is to use.")
    var method = ""

    @Option(help: "strong: the solver uses the increments it is given; weak: it draws its own.")
    var mode = "strong"

    @Flag(name: .customLong("dZ"), help: "Hand over dZ.npy beside dW.npy.")
    var integrals = false

    @Option(help: "Seconds that a batch may take.")
    var timeout = 600.0

    @Option(help: "Number of sample paths of the orders.")
    var paths = 8192

    @Argument(parsing: .postTerminator, help: "The solver and its arguments.")
    var command: [String]

    func validate() throws {
        if command.isEmpty || command[0].isEmpty {
            throw ValidationError("write the solver's command after --, for example -- python3 my_solver.py")
        }
        if !["strong", "weak"].contains(mode) {
            throw ValidationError("--mode is strong or weak, not \(mode).")
        }
        if !(timeout > 0 && timeout <= 86400) {
            throw ValidationError("--timeout must lie between 0 and 86400 s, not \(timeout).")
        }
        if !(64...1 << 20).contains(paths) {
            throw ValidationError("--paths must lie between 64 and \(1 << 20), not \(paths).")
        }
    }

    func run() async throws {
        let places = ["{request}", "{reply}"]
        let isPlaced = command.contains { word in places.contains { word.contains($0) } }
        let solver = CommandSolver(
            command: isPlaced ? command : command + places, timeout: .seconds(timeout))
        let choice = SolverChoice(
            name: "solver", solver: solver, mode: SolverRequest.Mode(rawValue: mode)!, method: method,
            wantsIntegrals: integrals)
        do {
            let findings = try await ConformanceLadder(choice, paths: paths).climb {
                print(LadderText.lines(of: $0))
            }
            print(LadderText.summary(of: findings))
            throw findings.contains { $0.grade == .fail } ? ExitCode.accuracyFailure : .success
        } catch let code as ExitCode {
            throw code
        } catch {
            StandardError.print("the solver failed: \(error)")
            throw ExitCode.failedRun
        }
    }
}

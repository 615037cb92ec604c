import ArgumentParser
import ConvergenceStudies

@main
package struct Spikeverify: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "spikeverify",
        abstract: "How wrong is an integrator of noisy leaky integrate-and-fire networks?",
        discussion: """
            Exit codes: 0 pass, 1 proven accuracy failure, 2 inconclusive, 3 solver or environment error, \
            4 nothing ran, 64 wrong usage or a wrong study file, 130 and 143 stopped by Ctrl-C or SIGTERM.
            """,
        version: ToolVersion.current,
        subcommands: [
            RunCommand.self, CheckCommand.self, ReviewCommand.self, AcceptCommand.self, AdviseCommand.self,
            AuditCommand.self, JudgeCommand.self, CompareCommand.self, MergeCommand.self, ListCommand.self,
            ReportCommand.self,
            SolverCommand.self,
            InitCommand.self,
        ])

    package init() {}

    /// Without a subcommand nothing was asked for; the help goes where errors go.
    package func run() async throws {
        StandardError.print(Spikeverify.helpMessage())
        throw ExitCode.usage
    }
}

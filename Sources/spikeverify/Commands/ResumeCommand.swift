/// The command line that goes on where this one stops.
package enum ResumeCommand {
    /// - Parameter arguments: Those of the process, its own name first.
    package static func text(_ arguments: [String]) -> String {
        let resumed = arguments.contains("--resume") ? arguments : arguments + ["--resume"]
        return resumed.map(quoted).joined(separator: " ")
    }

    /// As a shell has to be given it.
    private static func quoted(_ argument: String) -> String {
        if argument.wholeMatch(of: /[A-Za-z0-9_.,:\/=+@%^-]+/) != nil { return argument }
        return "'" + argument.replacing("'", with: #"'\''"#) + "'"
    }
}

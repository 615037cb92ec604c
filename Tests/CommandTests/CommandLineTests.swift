import Testing

/// Tests of the built program, one after the other: some of them stop or kill it at a moment of its run, which they would
/// miss beside each other.
@Suite("The command line", .serialized)
enum CommandLineTests {}

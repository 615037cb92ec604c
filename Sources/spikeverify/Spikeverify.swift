import ArgumentParser

@main
struct Spikeverify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spikeverify",
        abstract: "How wrong is an integrator of noisy leaky integrate-and-fire networks?")
}

import Foundation

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// The package manager calls an executable's entry by its target's name, where libFuzzer would have its own `main`.
@_cdecl("Fuzz_main")
public func main(_ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> CInt {
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, testOneInput)
}

/// What libFuzzer calls, over and over.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Reader.chosen.read(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Says which reader is fuzzed, or writes the inputs to begin with.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>>
) -> CInt {
    if let directory = ProcessInfo.processInfo.environment["SEEDS"] {
        Reader.chosen.writeSeeds(to: directory)
        exit(0)
    }
    return 0
}

/// A reader of files that anybody may have written.
///
/// A reader passes where it accepts its input, or refuses it with an error that says what is wrong.  It fails where it
/// crashes, takes too long, or takes too much memory, all of which libFuzzer sees, and where a refusal says nothing.
enum Reader: String, CaseIterable {
    case study, edges, result, baseline, part, npy, reply

    static let chosen: Reader = {
        let name = ProcessInfo.processInfo.environment["READER"] ?? ""
        guard let reader = Reader(rawValue: name) else {
            let known = allCases.map(\.rawValue).joined(separator: ", ")
            fatalError("set READER to one of \(known)")
        }
        return reader
    }()

    func read(_ bytes: [UInt8]) {
        switch self {
        case .study: StudyInputs.read(bytes)
        case .edges: StudyInputs.readEdges(bytes)
        case .result: ResultInputs.read(bytes)
        case .baseline: ResultInputs.readBaseline(bytes)
        case .part: PartInputs.read(bytes)
        case .npy: ReplyInputs.readArray(bytes)
        case .reply: ReplyInputs.read(bytes)
        }
    }

    /// Right inputs, for the fuzzer to spoil; study files and results come from the repository.
    fileprivate func writeSeeds(to directory: String) {
        let seeds: [[UInt8]] =
            switch self {
            case .study: []
            case .edges: StudyInputs.edgeSeeds
            case .result: ResultInputs.seeds
            case .baseline: ResultInputs.baselineSeeds
            case .part: PartInputs.seeds
            case .npy: ReplyInputs.arraySeeds
            case .reply: ReplyInputs.seeds
            }
        for (k, seed) in seeds.enumerated() {
            try! Data(seed).write(to: URL(fileURLWithPath: "\(directory)/seed-\(k)"))
        }
    }
}

extension [UInt8] {
    /// What an input decides by: the same input is always read in the same way.
    var sum: Int { reduce(0) { $0 + Int($1) } }
}

/// A refusal must say something.
func expectReason(_ error: any Error) {
    precondition("\(error)".count > 10, "a refusal without a reason: \(type(of: error))")
}

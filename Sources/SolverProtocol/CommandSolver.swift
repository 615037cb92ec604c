import Foundation
import Subprocess

/// A solver that is a program: it is started once for every batch, with the paths of a request and of the reply wanted.
public struct CommandSolver: PathSolver {
    /// Executable and arguments; `{request}` and `{reply}` stand for the two paths.
    public var command: [String]
    /// The solver's working directory, where relative paths in the command begin.
    public var directory: String
    /// How long a batch may take.
    public var timeout: Duration

    /// The exit code of a solver that does not support a case.
    public static let unsupported: Int32 = 77

    public init(command: [String], directory: String = ".", timeout: Duration = .seconds(600)) {
        precondition(!command.isEmpty, "a command has at least a program")
        self.command = command
        self.directory = directory
        self.timeout = timeout
    }

    /// - Throws: `SolverError`, `UnsupportedCase`; the files of a failed batch are kept.
    public func solve(_ request: SolverRequest) async throws -> SolverReply {
        let batch = try BatchDirectory()
        do {
            try RequestFiles(request).write(to: batch.url)
        } catch {
            throw SolverError(.launch, "the request cannot be written: \(error.localizedDescription)")
        }
        do {
            let reply = try await reply(to: request, in: batch)
            batch.remove()
            return reply
        } catch let error as SolverError {
            var error = error
            error.output = batch.endOfOutput
            error.directory = batch.url.path
            throw error
        } catch {
            batch.remove()
            throw error
        }
    }

    private func reply(to request: SolverRequest, in batch: BatchDirectory) async throws -> SolverReply {
        switch try await run(in: batch) {
        case .exited(0): return try ReplyFiles.read(batch.url, request: request)
        case .exited(Self.unsupported): throw UnsupportedCase(batch.lastLine)
        case .exited(let code): throw SolverError(.failure, "it exited with code \(code)")
        case .signaled(let signal): throw SolverError(.failure, "it was ended by signal \(signal)")
        }
    }

    // MARK: The process

    private func run(in batch: BatchDirectory) async throws -> TerminationStatus {
        let configuration = configuration(in: batch)
        let (output, errors) = try batch.openOutput()
        defer {
            try? output.close()
            try? errors.close()
        }
        return try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
            group.addTask {
                try await Subprocess.run(
                    configuration, input: .none,
                    output: .fileDescriptor(
                        .init(rawValue: output.fileDescriptor), closeAfterSpawningProcess: false),
                    error: .fileDescriptor(
                        .init(rawValue: errors.fileDescriptor), closeAfterSpawningProcess: false)
                ).terminationStatus
            }
            group.addTask {
                try await Task.sleep(for: timeout)
                return nil
            }
            do {
                if let status = try await group.next()! {
                    group.cancelAll()
                    return status
                }
                // The files must stay open until the process is gone.  It may have ended before it was stopped.
                group.cancelAll()
                while let result = await group.nextResult() {
                    if case .success(.exited(let code)?) = result { return .exited(code) }
                }
            } catch let error as SubprocessError {
                throw SolverError(.launch, "\(command[0]) cannot be started: \(error)")
            }
            throw SolverError(.timeout, "it was stopped after \(timeout), its time-out")
        }
    }

    /// A process group of its own, so that a time-out ends also what the solver has started.
    private func configuration(in batch: BatchDirectory) -> Configuration {
        let arguments = command.map {
            $0.replacing("{request}", with: batch.url.appending(path: RequestFiles.name).path)
                .replacing("{reply}", with: batch.url.appending(path: ReplyFiles.name).path)
        }
        var options = PlatformOptions()
        options.processGroupID = 0
        options.teardownSequence = [
            .send(signal: .kill, toProcessGroup: true, allowedDurationToNextStep: .seconds(5))
        ]
        return Configuration(
            executable: executable(arguments[0]), arguments: Arguments(Array(arguments.dropFirst())),
            workingDirectory: .init(directory), platformOptions: options)
    }

    /// A name is looked up in PATH; a relative path begins in the solver's directory.
    private func executable(_ name: String) -> Executable {
        guard name.contains("/") else { return .name(name) }
        return .path(.init(name.hasPrefix("/") ? name : directory + "/" + name))
    }
}

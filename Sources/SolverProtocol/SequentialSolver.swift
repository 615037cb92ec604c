/// A solver that must not be asked for two batches at a time.
public struct SequentialSolver: PathSolver {
    private let solver: any PathSolver
    private let door = Door()

    public init(_ solver: any PathSolver) {
        self.solver = solver
    }

    public func solve(_ request: SolverRequest) async throws -> SolverReply {
        await door.enter()
        do {
            let reply = try await solver.solve(request)
            await door.leave()
            return reply
        } catch {
            await door.leave()
            throw error
        }
    }

    /// Lets one in at a time, in the order of their coming.
    private actor Door {
        private var isTaken = false
        private var waiting: [CheckedContinuation<Void, Never>] = []

        func enter() async {
            if isTaken {
                await withCheckedContinuation { waiting.append($0) }
            } else {
                isTaken = true
            }
        }

        func leave() {
            if waiting.isEmpty { isTaken = false } else { waiting.removeFirst().resume() }
        }
    }
}

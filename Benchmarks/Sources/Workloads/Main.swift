import Foundation
import SpikingNumerics
import Synchronization

/// `Workloads NAME PATHS THREADS` prints seconds, units of work and spikes.
///
/// Names: plain-K and coupled-K, Euler-Maruyama at 2^-K root cells alone and with four longer steps, on increments of the
/// path; joint-K, as coupled-K on the functionals that exact propagation takes, too; exact, or exact-K for base cells of
/// 2^-K root cells; neurons-N, as joint-5 with so many neurons; synapses-N, as neurons-1000 with N from each.
@main
struct Main {
    private static let pathsAtATime = 64

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count == 3, let workload = try workload(arguments.first!),
            let paths = Int(arguments[2]), let threads = Int(arguments[3])
        else {
            FileHandle.standardError.write(Data("usage: Workloads NAME PATHS THREADS\n".utf8))
            exit(64)
        }
        // As in a study, whoever is free takes the next paths, so a thread that the machine slows down does less.
        let nextPath = Atomic(0)
        let spikes = Atomic(0)
        let began = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            do {
                let simulation = try workload.makeSimulation()
                var count = 0
                while true {
                    let path = nextPath.add(pathsAtATime, ordering: .relaxed).oldValue
                    guard path < paths else { break }
                    for first in stride(from: path, to: min(path + pathsAtATime, paths), by: 8) {
                        try simulation.run(firstPath: first)
                        let run = simulation.tested.last ?? simulation.reference
                        for lane in 0..<8 { count += run.spikes(neuron: 0, lane: lane).count }
                    }
                }
                spikes.add(count, ordering: .relaxed)
            } catch {
                fatalError("\(error)")
            }
        }
        let seconds = began.duration(to: .now) / .seconds(1)
        let total = spikes.load(ordering: .relaxed)
        print(seconds, workload.unitsPerPath * Double(paths), total)
    }

    private static func workload(_ name: String) throws -> Workload? {
        let parts = name.split(separator: "-")
        let number = parts.count > 1 ? Int(parts[1]) : nil
        switch (parts.first, number) {
        case ("plain", let level?): return .eulerMaruyama(levels: [level], content: .increments)
        case ("coupled", let level?) where level >= 4:
            return .eulerMaruyama(levels: Array(level - 4...level), content: .increments)
        case ("joint", let level?) where level >= 4: return .eulerMaruyama(levels: Array(level - 4...level))
        case ("neurons", let count?): return .eulerMaruyama(levels: Array(1...5), neurons: count)
        case ("synapses", let fanOut?): return .network(fanOut: fanOut)
        case ("exact", let level): return try .exactEvent(baseLevel: level)
        default: return nil
        }
    }
}

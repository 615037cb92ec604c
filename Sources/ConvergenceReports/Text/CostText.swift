import ConvergenceStudies

/// What a run will cost, in words.
package enum CostText {
    /// Time and memory in all, and of each integrator.
    package static func forecast(_ cost: StudyCost) -> String {
        let threads = cost.threads(paths: cost.pathsLeft)
        let total =
            "\(cost.study): about \(time(cost.seconds)) on \(threads) \(threads == 1 ? "thread" : "threads"), "
            + "\(bytes(threads * cost.bytes)) of memory; of the processor's time and of the memory"
        let rest = StudyCost.Share(
            integrator: "reference, noise and measures",
            secondsPerPath: max(0, cost.secondsPerPath - cost.shares.reduce(0) { $0 + $1.secondsPerPath }),
            bytes: max(0, cost.bytes - cost.shares.reduce(0) { $0 + $1.bytes }))
        let shares = cost.shares + [rest]
        let width = shares.map(\.integrator.count).max()!
        let lines = shares.map { share in
            "  " + share.integrator.padding(width)
                + "  " + time(share.secondsPerPath * Double(cost.pathsLeft)).padding(-8)
                + "  " + bytes(threads * share.bytes).padding(-8)
        }
        return ([total] + lines).joined(separator: "\n")
    }

    /// Why studies are not run: nil where they take no longer than so many minutes.
    package static func refusal(_ costs: [StudyCost], limit: Double) -> String? {
        let seconds = costs.reduce(0) { $0 + $1.seconds }
        guard seconds > 60 * limit else { return nil }
        let names = costs.map(\.study).joined(separator: ", ")
        let begun = costs.contains(where: \.isContinued)
        let most = StudyCost.mostPaths(costs, within: 60 * limit)
        let remedy =
            begun
            ? "what is done already is kept; give more time with --time-limit"
            : most > 0
                ? "at most \(most) paths fit: --paths \(most)\(costs.count == 1 ? "" : ", for each study")"
                : "not even 8 paths fit: take fewer neurons, integrators or steps, or a shorter duration"
        return
            "\(names): would take about \(time(seconds)), more than --time-limit \(Numbers.shortest(limit)) "
            + "allows; \(remedy)"
    }

    /// `40 ms`, `12 s`, `26 min`, `3.5 h`.
    package static func time(_ seconds: Double) -> String {
        switch seconds {
        case ..<0.0995: "\(rounded(seconds * 1000)) ms"
        case ..<99.5: "\(rounded(seconds)) s"
        case ..<5970: "\(rounded(seconds / 60)) min"
        default: "\(rounded(seconds / 3600)) h"
        }
    }

    /// `700 kB`, `12 MB`, `2.4 GB`.
    package static func bytes(_ count: Int) -> String {
        switch Double(count) {
        case ..<0.9995e6: "\(rounded(Double(count) / 1e3)) kB"
        case ..<0.9995e9: "\(rounded(Double(count) / 1e6)) MB"
        default: "\(rounded(Double(count) / 1e9)) GB"
        }
    }

    /// To two digits: more would be a promise.
    private static func rounded(_ value: Double) -> String {
        value < 9.95 ? Numbers.shortest((value * 10).rounded() / 10) : "\(Int(value.rounded()))"
    }
}

extension String {
    /// Blanks behind it, or where the width is negative before it.
    fileprivate func padding(_ width: Int) -> String {
        let blanks = String(repeating: " ", count: max(0, abs(width) - count))
        return width < 0 ? blanks + self : self + blanks
    }
}

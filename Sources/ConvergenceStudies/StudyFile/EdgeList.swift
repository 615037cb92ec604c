import SpikingNumerics

/// Synapses from a CSV file with the header `source,target,weight[,delay[,synapse]]`.
///
/// Neurons are numbered from 0.  A pair may be joined more than once, and a neuron with itself.
package struct EdgeList {
    package private(set) var synapses: [Network.Synapse] = []
    /// What is wrong with the file; complete up to a number that nobody reads to its end.
    package private(set) var problems: [StudyFileError.Problem] = []

    static let largestSize = 1 << 30
    private static let columns = ["source", "target", "weight", "delay", "synapse"]
    private static let mostProblems = 100

    private let path: String
    private let neuronCount: Int
    private let jumps: [(name: String, jump: Network.Jump)]
    private var line = 0

    /// - Parameters:
    ///   - path: The name that errors begin with.
    ///   - synapses: What there are, by name.
    package init(
        _ bytes: [UInt8], path: String, neuronCount: Int,
        synapses: [(name: String, jump: Network.Jump)] = StudyFileReceptors().jumps
    ) {
        jumps = synapses
        self.path = path
        self.neuronCount = neuronCount
        let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(3) : bytes[...]
        var width = 0
        for row in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            let fields = Self.fields(row)
            if fields == [""], line > 1 { continue }
            if line == 1 {
                width = fields.count
                readHeader(fields)
                if !problems.isEmpty { return }
            } else {
                read(fields, width: width)
            }
            if problems.count >= Self.mostProblems { return }
            if synapses.count > StudyFileTopology.mostSynapses {
                report(
                    "there are more than \(StudyFileTopology.mostSynapses) edges", "make the network smaller")
                return
            }
        }
    }

    private static func fields(_ row: ArraySlice<UInt8>) -> [String] {
        row.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { field in
            let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0d }
            guard let first = field.firstIndex(where: { !isBlank($0) }),
                let last = field.lastIndex(where: { !isBlank($0) })
            else { return "" }
            return String(decoding: field[first...last], as: UTF8.self)
        }
    }

    private mutating func readHeader(_ fields: [String]) {
        guard (3...5).contains(fields.count), fields == Array(Self.columns.prefix(fields.count)) else {
            return report(
                "the first line names the columns wrongly",
                "begin with source,target,weight or source,target,weight,delay or "
                    + "source,target,weight,delay,synapse")
        }
    }

    private mutating func read(_ fields: [String], width: Int) {
        guard fields.count == width else {
            return report(
                "has \(fields.count) fields, where the first line has \(width)",
                "give a value for \(Self.columns.prefix(width).joined(separator: ", "))")
        }
        let source = neuron(fields[0], "source")
        let target = neuron(fields[1], "target")
        let weight = number(fields[2], "weight", .moderate, "give it in V-units/ms (delta: V-units)")
        let delay =
            width > 3
            ? number(fields[3], "delay", .moderateAndNotNegative, "give it in ms, for example 1.5") : 0
        let jump = width > 4 ? synapse(fields[4]) : .current
        guard let source, let target, let weight, let delay, let jump else { return }
        synapses.append(.init(source: source, target: target, weight: weight, delay: delay, jump: jump))
    }

    private mutating func neuron(_ field: String, _ column: String) -> Int? {
        guard let number = Int(field), (0..<neuronCount).contains(number) else {
            report(
                "\(column) is \"\(field)\", which is no neuron of the network",
                "neurons are numbered from 0 to \(neuronCount - 1), in the order of the populations")
            return nil
        }
        return number
    }

    private mutating func number(
        _ field: String, _ column: String, _ requirement: NumberRequirement, _ remedy: String
    ) -> Double? {
        // Only decimal numerals: Swift would read hexadecimal ones, too.
        let isNumeral = field.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
        guard isNumeral, let number = Double(field), number.isFinite else {
            report("\(column) is \"\(field)\" where a number is wanted", remedy)
            return nil
        }
        guard requirement.holds(number) else {
            report("\(column) is \(field) but must \(requirement.text)", remedy)
            return nil
        }
        return number
    }

    private mutating func synapse(_ field: String) -> Network.Jump? {
        if let jump = jumps.first(where: { $0.name == field })?.jump { return jump }
        report("synapse is \"\(field)\"", "write \(jumps.map(\.name).joined(separator: " or "))")
        return nil
    }

    private mutating func report(_ message: String, _ remedy: String) {
        problems.append(.init(file: path, line: line, message: message, remedy: remedy))
    }
}

import SpikingNumerics

/// Spike trains of one simulator: trial by trial, neuron by neuron.
public struct TrainTable: Sendable {
    /// As messages call it.
    public var name: String
    /// For each trial the spike times of each neuron, ms, ascending.
    public var trials: [[String: [Double]]]
    /// The latest spike, ms.
    public var lastSpike: Double

    /// A table of three columns: trial, neuron and time, in any order, one line for each spike.
    ///
    /// - Parameter place: The file's name, which errors begin with.
    /// - Throws: `ErrorTable.Problem` for the first line that is wrong.
    public init(csv text: String, place: String) throws(ErrorTable.Problem) {
        let columns = ["trial", "neuron", "time"]
        guard let lines = CSVLines(text) else {
            throw .init(place: place, message: "is empty", remedy: "begin with the line trial,neuron,time")
        }
        let header = lines.header
        guard header.sorted() == columns.sorted() else {
            throw .init(
                place: "\(place):1", message: "the columns are not trial, neuron and time",
                remedy: "begin with the line trial,neuron,time")
        }
        let places = columns.map { header.firstIndex(of: $0)! }
        var trains: [String: [String: [Double]]] = [:]
        var order: [String] = []
        lastSpike = 0
        for (number, fields) in lines.rows {
            guard fields.count == 3, let time = Double(fields[places[2]]), time >= 0, time.isFinite else {
                throw .init(
                    place: "\(place):\(number)", message: "is no trial, neuron and time in ms from 0 on",
                    remedy: "write it like 0,12,103.7")
            }
            let trial = fields[places[0]]
            if trains[trial] == nil { order.append(trial) }
            trains[trial, default: [:]][fields[places[1]], default: []].append(time)
            lastSpike = max(lastSpike, time)
        }
        guard !order.isEmpty else {
            throw .init(
                place: place, message: "has no spikes",
                remedy: "give a line for each; silence cannot be told from a file that was cut off")
        }
        name = place
        trials = order.map { trains[$0]!.mapValues { $0.sorted() } }
    }

    /// The names of all neurons that fire.
    public var neurons: Set<String> { Set(trials.flatMap(\.keys)) }

    /// The same observation in as many equal pieces of time, as if each were a trial.
    ///
    /// - Parameter duration: Of the one trial, ms.
    func blocks(_ count: Int, duration: Double) -> TrainTable {
        var table = self
        let length = duration / Double(count)
        table.trials = trials.flatMap { trial in
            (0..<count).map { block in
                let (start, end) = (Double(block) * length, Double(block + 1) * length)
                return trial.mapValues { times in
                    times.filter { $0 >= start && ($0 < end || block == count - 1) }.map {
                        min($0 - start, length)
                    }
                }
            }
        }
        return table
    }
}
